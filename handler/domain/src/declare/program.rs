//! Deployment files in Python: what they register, evaluated and never run.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::fields::Fields;
use super::pull::Case;
use super::template::Found;
use super::{Context, Settings, parameters, pull, schedule, trigger};
use crate::desired::{BlockRef, Deployment, Desired, Field};
use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::{self, Api, Captured};
use crate::python::{FlowFacts, Reader};
use crate::tree::Tree;
use crate::yaml::{Mark, Node};

/// Reads all `files`.
pub(super) fn read(tree: &Tree, files: &[&str], settings: &Settings, out: &mut Desired) {
    if files.is_empty() {
        return;
    }
    let evaluated = evaluate::declared(tree, files, &evaluation(settings));
    let reading = settings.reading();
    let mut flows = Reader::new(tree, &reading);
    for (file, (captured, found)) in files.iter().zip(evaluated) {
        let context = Context { tree, file, settings, flows: RefCell::new(flows) };
        one(&context, captured, found, out);
        flows = context.flows.into_inner();
    }
}

fn evaluation(settings: &Settings) -> evaluate::Settings {
    evaluate::Settings {
        dialect: settings.dialect,
        bundle: settings.bundle.to_string(),
        bundle_name: settings.bundle_name.clone(),
        now: settings.now,
        environment: settings.environment.clone(),
        source_roots: settings.source_roots.iter().map(|it| it.as_str().to_owned()).collect(),
    }
}

fn one(context: &Context<'_>, captured: Vec<Captured>, found: Vec<Diagnostic>, out: &mut Desired) {
    let sound = found.iter().all(|it| it.severity != Severity::Error);
    out.diagnostics.extend(found);
    if captured.is_empty() && sound {
        let at = crate::diagnostic::Position::start_of(context.file);
        let message = "this file registers no deployment";
        let hint = "call `.apply()`, `.deploy(…)` or `serve(…)`; below `if __name__ == \"__main__\":` is fine";
        out.diagnostics.push(Diagnostic::warning("no-deployment", at, message).hint(hint));
    }
    // registered twice, the second time is what stays
    let mut last: BTreeMap<(String, String), Deployment> = BTreeMap::new();
    for it in captured {
        if let Some(it) = deployment(context, it, out) {
            last.insert((it.flow.clone(), it.name.clone()), it);
        }
    }
    out.deployments.extend(last.into_values());
}

fn deployment(context: &Context<'_>, it: Captured, out: &mut Desired) -> Option<Deployment> {
    let mark = Mark { line: it.at.line, column: it.at.column };
    let facts = facts(context, &it, &mut out.diagnostics)?;
    let mut fields = fields(context, &it, &facts);
    let entry = Node::of_json(mark, &entry(&it));
    let schedules = schedule::read(context, &entry, &mut out.diagnostics);
    let mut blocks: BTreeSet<BlockRef> = it.blocks.iter().cloned().collect();
    let mut found = Found { diagnostics: &mut out.diagnostics, blocks: &mut blocks };
    let automations = trigger::read(context, &it.name, &entry, &mut found);
    let enforced = fields.values.get(&Field::EnforceParameterSchema) == Some(&json!(true));
    let active = schedules.as_deref().unwrap_or_default();
    let case = parameters::Case { flow: &facts, enforced, schedules: active };
    parameters::check(context, &entry, &case, &mut out.diagnostics);
    placed(context, &it, mark, &mut fields, &mut out.diagnostics);
    let variables = fields.values.get(&Field::JobVariables).and_then(Value::as_object);
    let declared = it.pull.as_ref().map(|it| Node::of_json(mark, &it.clone().into()));
    let case = Case {
        declared: declared.as_ref(),
        in_image: pull::names_image(variables),
        folder: &it.folder,
        at: mark,
    };
    let pull = pull::steps(context, &case, &mut out.diagnostics);
    if !blocks.is_empty() {
        out.blocks.insert(format!("{}/{}", facts.name, it.name), blocks);
    }
    Some(Deployment {
        at: it.at,
        via: it.via,
        flow: facts.name,
        name: it.name,
        entrypoint: it.flow.entrypoint,
        fields: fields.values,
        declared: fields.declared,
        schedules,
        pull,
        automations,
    })
}

/// What is known of the flow: from its function, and what the file says otherwise.
fn facts(context: &Context<'_>, it: &Captured, found: &mut Vec<Diagnostic>) -> Option<FlowFacts> {
    let flow = &it.flow;
    let read = match &flow.file {
        Some(file) => {
            let (facts, faults) = context.flows.borrow_mut().flow(file, &flow.function);
            found.extend(faults);
            Some(facts?)
        }
        None => None,
    };
    let schema = read.as_ref().map(|it| it.parameter_openapi_schema.clone());
    Some(FlowFacts {
        function: flow.function.clone(),
        name: flow.name.clone().or_else(|| Some(read.as_ref()?.name.clone()))?,
        description: flow.description.clone().or_else(|| read.as_ref()?.description.clone()),
        version: flow
            .version
            .clone()
            .or_else(|| Some(read.as_ref()?.version.clone()))
            .unwrap_or_default(),
        parameter_openapi_schema: schema
            .unwrap_or_else(|| json!({"title": "Parameters", "type": "object", "properties": {}})),
        at: it.at.clone(),
    })
}

/// Schedules, triggers and parameters in the vocabulary of a prefect.yaml, whose reader checks them.
fn entry(it: &Captured) -> Value {
    let mut out = serde_json::Map::new();
    if let Some(schedules) = &it.schedules {
        out.insert("schedules".into(), schedules.clone().into());
    }
    if let Some(parameters) = it.fields.get("parameters") {
        out.insert("parameters".into(), parameters.clone());
    }
    out.insert("triggers".into(), it.triggers.clone().into());
    out.into()
}

/// What the file states, and what Prefect fills in. Source: `Deployment` of 2.20, `RunnerDeployment` of 2.20 and 3.9.
fn fields(context: &Context<'_>, it: &Captured, flow: &FlowFacts) -> Fields {
    let three = context.settings.dialect.is_three();
    let mut out = Fields::default();
    for (name, value) in &it.fields {
        if let Some(field) = Field::of_name(name) {
            out.state(field, value.clone());
        }
    }
    out.state(Field::Entrypoint, it.flow.entrypoint.clone().into());
    let plain = matches!(it.via, "Deployment" | "RunnerDeployment");
    if plain {
        let none = json!({"title": "Parameters", "type": "object", "properties": {}});
        out.values.insert(Field::ParameterSchema, none);
    } else {
        out.state(Field::ParameterSchema, flow.parameter_openapi_schema.clone());
        if !is_stated(&out, Field::Version) {
            out.state(Field::Version, flow.version.clone().into());
        }
        if let (false, Some(text)) = (is_stated(&out, Field::Description), &flow.description) {
            out.state(Field::Description, text.clone().into());
        }
    }
    let mut defaults = vec![
        (Field::Tags, json!([])),
        (Field::Parameters, json!({})),
        (Field::JobVariables, json!({})),
    ];
    if it.api == Api::Legacy {
        defaults.push((Field::WorkQueue, json!("default")));
    } else {
        defaults.push((Field::EnforceParameterSchema, json!(three)));
        defaults.push((Field::Paused, json!(false)));
    }
    for (field, value) in defaults {
        out.values.entry(field).or_insert(value);
    }
    if it.api != Api::Legacy && it.fields.contains_key("work_pool_name") {
        out.values.insert(Field::PullSteps, it.pull.clone().unwrap_or_default().into());
    }
    out
}

fn is_stated(fields: &Fields, field: Field) -> bool {
    fields.values.get(&field).is_some_and(|it| !it.is_null() && it != "")
}

/// Where it runs: agents of Prefect 2 need no pool, all others do.
fn placed(
    context: &Context<'_>,
    it: &Captured,
    mark: Mark,
    fields: &mut Fields,
    found: &mut Vec<Diagnostic>,
) {
    let agent = it.api == Api::Legacy && !context.settings.dialect.is_three();
    if agent || fields.values.contains_key(&Field::WorkPool) {
        return;
    }
    if let Some(pool) = &context.settings.default_pool {
        fields.state(Field::WorkPool, pool.clone().into());
        return;
    }
    let message = match it.api {
        Api::Served => {
            "this deployment is served by the process of the file itself, which nothing runs here"
        }
        Api::Legacy | Api::Deployed => "the deployment names no work pool",
    };
    let hint = "name one by `work_pool_name`, or for all by SYNC_WORK_POOL";
    found.push(context.error("work-pool", mark, message).hint(hint));
}
