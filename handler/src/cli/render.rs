//! `render PATH`: what would be registered, without a server.

use domain::desired::{Deployment, Desired};
use domain::dialect::Dialect;
use domain::names::BundleId;
use domain::plan::{Policy, create_body};
use serde_json::{Map, Value, json};

use super::args::{OfflineArgs, Output};
use super::{Exit, output, source};
use crate::config::Config;

pub(super) async fn run(args: &OfflineArgs) -> anyhow::Result<Exit> {
    let it = source::offline(args).await?;
    let policy = policy(&it.config, it.dialect, it.read.bundle.clone());
    let list: Vec<Value> =
        it.desired.deployments.iter().map(|one| self::one(one, &it.desired, &policy)).collect();
    if args.common.output == Output::Json {
        output::json(Map::from_iter([("deployments".to_owned(), list.into())]), &it.found)?;
    } else {
        output::diagnostics(&it.found, &it.read.loaded.tree, args.common.output);
        for it in &list {
            output::line(&serde_json::to_string_pretty(it)?)?;
        }
    }
    Ok(output::exit(&it.found))
}

fn policy(config: &Config, dialect: Dialect, bundle: BundleId) -> Policy {
    Policy {
        dialect,
        instance: config.instance.clone(),
        bundle,
        adopt: false,
        create_pools: None,
        credentials: None,
        state: None,
        only: Vec::new(),
    }
}

fn one(it: &Deployment, wanted: &Desired, policy: &Policy) -> Value {
    let mut fields: Map<String, Value> = Map::new();
    fields.insert("name".into(), it.name.clone().into());
    fields.extend(it.fields.iter().map(|(field, value)| (field.name().to_owned(), value.clone())));
    if let Some(schedules) = &it.schedules {
        let list: Vec<Value> = schedules.iter().map(schedule).collect();
        fields.insert("schedules".into(), list.into());
    }
    let blocks = wanted.blocks.get(&format!("{}/{}", it.flow, it.name));
    json!({
        "source": it.at,
        "via": it.via,
        "flow": {"name": it.flow, "entrypoint": it.entrypoint},
        "fields": fields,
        "registered": create_body(it, policy),
        "blocks": blocks.cloned().unwrap_or_default(),
    })
}

fn schedule(it: &domain::desired::Schedule) -> Value {
    let mut out = Map::new();
    if let Some(slug) = &it.slug {
        out.insert("slug".into(), slug.clone().into());
    }
    out.insert("active".into(), it.active.unwrap_or(true).into());
    if !it.parameters.is_empty() {
        out.insert("parameters".into(), it.parameters.clone().into());
    }
    out.insert("schedule".into(), it.timing.to_json());
    out.into()
}
