//! Files that `prefect deployment build` writes, 2.0 to 2.20. Source: `Deployment.to_yaml` and `load_from_yaml` of 2.20.

mod blocks;
mod flow;
mod schedules;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::fields::Fields;
use super::legacy::{self, Case};
use super::schedule::Written;
use super::{Context, pool, pull, schedule, template, trigger, typed};
use crate::desired::{Deployment, Desired, Field};
use crate::diagnostic::{Diagnostic, Severity};
use crate::yaml::{Kind, Node};

/// What declares them.
const VIA: &str = "prefect deployment build";

/// Reads a whole file: one deployment.
pub(super) fn read(context: &Context<'_>, root: &Node, out: &mut Desired) {
    let before = out.diagnostics.len();
    let found = &mut out.diagnostics;
    if !matches!(root.kind, Kind::Mapping(_)) {
        let message = format!("a deployment must be a mapping, this is {}", root.type_name());
        found.push(context.error("field-type", root.at, message));
        return;
    }
    let Some([name, flow, entry]) = names(context, root, found) else { return };
    let mut fields = stated(context, root, found);
    fields.state(Field::Entrypoint, entry.clone().into());
    let schedules = schedule::read(context, (&schedules::plain(root), Written::Object), found);
    let [storage, infrastructure] = ["storage", "infrastructure"].map(|it| blocks::used(root, it));
    let folder = folder(context, &entry);
    let key = format!("{flow}/{name}");
    let case = Case {
        key: key.clone(),
        storage: storage.as_ref(),
        infrastructure: infrastructure.as_ref(),
        folder: &folder,
        at: root.at,
    };
    pool::agents(context, &mut fields, root.at, found);
    let mut placed = legacy::place(context, &case, &mut fields, found);
    blocks::masked(context, root, (&case, &placed), found);
    let active = schedules.as_deref().unwrap_or_default();
    let built =
        flow::Built { root, name: &flow, entry: &entry, fields: &fields, schedules: active };
    let facts = flow::facts(context, &built, (&folder, &placed), found);
    let schema = facts.as_ref().and_then(|it| flow::check(context, &built, it, found));
    placed.registered.extend(schema.map(|it| (Field::ParameterSchema, it)));
    let mut named = BTreeSet::new();
    placed.named(&fields, &mut named);
    let mut gathered = template::Found { diagnostics: &mut out.diagnostics, blocks: &mut named };
    let automations = trigger::read(context, &name, root, &mut gathered);
    let case = pull::Case { declared: None, in_image: false, folder: &folder, at: root.at };
    let pull = placed.pull.unwrap_or_else(|| pull::steps(context, &case, &mut out.diagnostics));
    if out.diagnostics.iter().skip(before).any(|it| it.severity == Severity::Error) {
        return;
    }
    if !named.is_empty() {
        out.blocks.insert(key, named);
    }
    out.deployments.push(Deployment {
        at: context.at(root.at),
        via: VIA,
        flow,
        name,
        entrypoint: entry,
        function: facts.map(|it| it.at),
        fields: fields.values,
        declared: fields.declared,
        agent: true,
        registered: placed.registered,
        variables_at: fields.variables_at,
        inline: placed.inline,
        loads: placed.loads,
        schedules,
        pull,
        automations,
    });
}

/// The deployment's name, the flow's and the entrypoint; `None` with an error when any of them is missing.
fn names(context: &Context<'_>, root: &Node, found: &mut Vec<Diagnostic>) -> Option<[String; 3]> {
    let mut text = |key: &str| {
        let value = root.get(key).filter(|it| !it.is_null());
        let text = value.and_then(|it| typed::text(context, key, it, found));
        if text.is_none() {
            let message = format!("the deployment has no `{key}`");
            found.push(context.error("deployment-name", root.at, message).hint("build it again"));
        }
        text
    };
    let [name, flow, entry] = [text("name"), text("flow_name"), text("entrypoint")];
    Some([name?, flow?, entry?])
}

/// The plain fields; what is null is not stated.
fn stated(context: &Context<'_>, root: &Node, found: &mut Vec<Diagnostic>) -> Fields {
    let mut out = Fields::default();
    let given = |key: &str| root.get(key).filter(|it| !it.is_null());
    let texts = [
        ("version", Field::Version),
        ("description", Field::Description),
        ("path", Field::Path),
        ("work_queue_name", Field::WorkQueue),
        ("work_pool_name", Field::WorkPool),
    ];
    for (key, field) in texts {
        let text = given(key).and_then(|it| typed::text(context, key, it, found));
        out.state_some(field, text.map(Value::from));
    }
    for (key, field) in [
        ("parameters", Field::Parameters),
        ("infra_overrides", Field::JobVariables),
        ("job_variables", Field::JobVariables),
    ] {
        let map = given(key).and_then(|it| typed::mapping(context, key, it, found));
        out.state_some(field, map.map(Value::from));
    }
    let key = "enforce_parameter_schema";
    let flag = given(key).and_then(|it| typed::flag(context, key, it, found));
    out.state_some(Field::EnforceParameterSchema, flag.map(Value::from));
    if let Some(tags) = given("tags") {
        out.state_some(Field::Tags, super::fields::tags(context, tags, found));
    }
    let schema = given("parameter_openapi_schema").map(|it| flow::without_empty(&it.to_json()));
    out.state_some(Field::ParameterSchema, schema);
    for (field, value) in [
        (Field::Tags, json!([])),
        (Field::Parameters, json!({})),
        (Field::JobVariables, json!({})),
        (Field::WorkQueue, json!("default")),
    ] {
        out.values.entry(field).or_insert(value);
    }
    out
}

/// The folder that the file was built in: its own, or else the bundle's root.
fn folder(context: &Context<'_>, entry: &str) -> String {
    let file = entry.rsplit_once(':').map_or(entry, |(file, _)| file).trim_start_matches("./");
    let own = context.folder();
    let here = context.tree.contains(&format!("{own}{file}"));
    if here || !context.tree.contains(file) { own.to_owned() } else { String::new() }
}
