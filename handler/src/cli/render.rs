//! `render PATH`: what would be registered, without a server.

use std::collections::{BTreeMap, BTreeSet};

use domain::desired::{BlockRef, Deployment, Desired};
use domain::dialect::Dialect;
use domain::names::BundleId;
use domain::plan::{Adopt, Policy, Pruning, create_body};
use serde_json::{Map, Value, json};

use super::args::{Output, RenderArgs};
use super::output::Files;
use super::{Exit, output, source};
use crate::config::Config;

pub(super) async fn run(args: &RenderArgs) -> anyhow::Result<Exit> {
    let it = source::offline(&args.input).await?;
    let policy = policy(&it.config, it.dialect, it.read.bundle.clone());
    let zone = if it.dialect.is_three() { "Z" } else { "+00:00" };
    let now = it.settings.now.map(|it| {
        // as Python writes a fraction: not at all, or with six digits
        let form = if it.subsec_microsecond() == 0 { "" } else { "%.6f" };
        it.strftime(&format!("%Y-%m-%dT%H:%M:%S{form}{zone}")).to_string()
    });
    let list: Vec<Value> = it
        .desired
        .deployments
        .iter()
        .map(|one| self::one(one, &it.desired, &policy, now.as_deref()))
        .collect();
    if args.common.output == Output::Json {
        output::json(Map::from_iter([("deployments".to_owned(), list.into())]), &it.found)?;
    } else {
        output::diagnostics(&it.found, &Files::of(&it.read.loaded), args.common.output);
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
        adopt: Adopt::Nothing,
        orphans: [].into(),
        create_pools: false,
        pool_type: config.pool_type.clone(),
        claims: BTreeMap::new(),
        credentials: None,
        storage: None,
        state: None,
        held: false,
        pruning: Pruning::default(),
        only: Vec::new(),
    }
}

fn one(it: &Deployment, wanted: &Desired, policy: &Policy, filled: Option<&str>) -> Value {
    let mut fields: Map<String, Value> = Map::new();
    fields.insert("name".into(), it.name.clone().into());
    fields.extend(it.fields.iter().map(|(field, value)| (field.name().to_owned(), value.clone())));
    // Prefect's classes fill in the empty list, its reader of prefect.yaml does not
    let in_python = it.via != "prefect.yaml";
    if it.schedules.is_some() || in_python {
        let filled = filled.filter(|_| in_python);
        let list = it.schedules.iter().flatten().map(|it| schedule(it, filled));
        fields.insert("schedules".into(), list.collect::<Vec<Value>>().into());
    }
    let named = wanted.blocks.get(&format!("{}/{}", it.flow, it.name));
    let blocks: BTreeSet<&BlockRef> = named.into_iter().flatten().chain(&it.loads).collect();
    json!({
        "source": it.at,
        "via": it.via,
        "flow": {"name": it.flow, "entrypoint": it.entrypoint},
        "fields": fields,
        "registered": create_body(it, policy),
        "blocks": blocks,
    })
}

/// A schedule in the body's form. Prefect's classes fill in the zone, and the time as the anchor.
fn schedule(it: &domain::desired::Schedule, filled: Option<&str>) -> Value {
    let mut out = Map::new();
    if let Some(slug) = &it.slug {
        out.insert("slug".into(), slug.clone().into());
    }
    out.insert("active".into(), it.active.unwrap_or(true).into());
    if !it.parameters.is_empty() {
        out.insert("parameters".into(), it.parameters.clone().into());
    }
    let mut timing = it.timing.to_json();
    if let (Some(now), Some(map)) = (filled, timing.as_object_mut())
        && !map.contains_key("cron")
    {
        map.entry("timezone").or_insert_with(|| "UTC".into());
        if map.contains_key("interval") {
            map.entry("anchor_date").or_insert_with(|| now.into());
        }
    }
    out.insert("schedule".into(), timing);
    out.into()
}
