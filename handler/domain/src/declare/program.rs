//! Deployment files in Python: what they register, evaluated and never run.

mod flow;
mod given;
mod places;
mod start;

use std::cell::RefCell;

use serde_json::{Value, json};

use self::given::Read;
use self::places::Places;
use super::fields::Fields;
use super::pull::Case;
use super::{Context, PullMode, Settings, entrypoint, legacy, pool, pull, template};
use crate::desired::{Deployment, Desired, Field};
use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::{self, Api, Captured};
use crate::python::{FlowFacts, Reader};
use crate::tree::Tree;
use crate::yaml::{Mark, Node};

/// Reads all `files`; what they say, in order, before it is checked.
pub(super) fn read<'a>(
    (tree, files): (&'a Tree, &[&'a str]),
    settings: &'a Settings,
    mut flows: Reader<'a>,
    out: &mut Desired,
) -> Vec<Captured> {
    if files.is_empty() {
        return Vec::new();
    }
    let evaluated = evaluate::declared(tree, files, &evaluation(settings));
    let mut all = Vec::new();
    for (file, (captured, found)) in files.iter().zip(evaluated) {
        let context = Context { tree, file, settings, flows: RefCell::new(flows) };
        one(&context, &captured, found, out);
        all.extend(captured);
        flows = context.flows.into_inner();
    }
    all
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

fn one(context: &Context<'_>, captured: &[Captured], found: Vec<Diagnostic>, out: &mut Desired) {
    let sound = found.iter().all(|it| it.severity != Severity::Error);
    for it in found {
        // a module that several files import is told of once
        if it.at.file == context.file || !out.diagnostics.contains(&it) {
            out.diagnostics.push(it);
        }
    }
    if captured.is_empty() && sound {
        let at = crate::diagnostic::Position::start_of(context.file);
        let message = "this file registers no deployment";
        let hint = "call `.apply()`, `.deploy(…)` or `serve(…)`; below `if __name__ == \"__main__\":` is fine";
        out.diagnostics.push(Diagnostic::warning("no-deployment", at, message).hint(hint));
    }
    let places = Places::default();
    for it in captured {
        let read = deployment(context, it, &places, out);
        out.deployments.extend(read);
    }
}

fn deployment(
    context: &Context<'_>,
    it: &Captured,
    places: &Places,
    out: &mut Desired,
) -> Option<Deployment> {
    let mark = Mark { line: it.at.line, column: it.at.column };
    let facts = flow::facts(context, it, &mut out.diagnostics)?;
    let start = start::of(context, it);
    out.diagnostics.extend(flow::stumbles(context, it, &start));
    let mut fields = fields(context, it, &facts);
    let Read { schedules, automations, mut blocks, found } =
        given::read(context, (it, &facts, &fields), places);
    out.diagnostics.extend(found);
    placed(context, it, mark, &mut fields, &mut out.diagnostics);
    let limited = it.fields.contains_key("concurrency_limit");
    if limited && !context.settings.dialect.concurrency_limit() {
        out.diagnostics.push(pool::no_limit(context, mark));
    }
    let key = format!("{}/{}", facts.name, it.name);
    let place = (&*key, &*start.folder, mark);
    let mut legacy = legacy::captured(context, it, place, &mut fields, &mut out.diagnostics);
    if is_staged(context, it, &legacy) {
        staged(context, it, &start, &mut legacy, &mut out.diagnostics);
    }
    legacy.named(&fields, &mut blocks);
    it.pull.iter().flatten().for_each(|it| template::blocks(it, &mut blocks));
    let variables = fields.values.get(&Field::JobVariables).and_then(Value::as_object);
    let declared = it.pull.as_ref().map(|it| Node::of_json(mark, &it.clone().into()));
    let case = Case {
        declared: declared.as_ref(),
        in_image: pull::names_image(variables),
        folder: &start.folder,
        at: mark,
    };
    let pull = legacy.pull.unwrap_or_else(|| pull::steps(context, &case, &mut out.diagnostics));
    if !blocks.is_empty() {
        out.blocks.insert(key, blocks);
    }
    Some(Deployment {
        at: it.at.clone(),
        via: it.via,
        flow: facts.name,
        name: it.name.clone(),
        entrypoint: it.flow.entrypoint.clone(),
        function: it.flow.file.is_some().then_some(facts.at),
        fields: fields.values,
        declared: fields.declared,
        schedules,
        pull,
        agent: it.api == Api::Legacy,
        registered: legacy.registered,
        variables_at: fields.variables_at,
        inline: legacy.inline,
        loads: legacy.loads,
        automations,
    })
}

/// What runs is the code of the bundle: the flow must be in it, where the entrypoint says.
fn staged(
    context: &Context<'_>,
    it: &Captured,
    start: &start::Start,
    legacy: &mut legacy::Placed,
    found: &mut Vec<Diagnostic>,
) {
    if let Some(entrypoint) = &start.entrypoint {
        legacy.registered.insert(Field::Entrypoint, entrypoint.as_str().into());
    }
    if it.flow.file.is_none() {
        let entrypoint = format!("{}{}", start.folder, it.flow.entrypoint.trim_start_matches("./"));
        let mark = Mark { line: it.at.line, column: it.at.column };
        let set_aside =
            if it.api == Api::Legacy { legacy.is_set_aside() } else { it.pull.is_some() };
        let find = if set_aside { entrypoint::find_copy } else { entrypoint::find };
        find(context, &entrypoint, mark, found);
    }
}

/// Whether the code that runs is that of the bundle.
fn is_staged(context: &Context<'_>, it: &Captured, legacy: &legacy::Placed) -> bool {
    let staged = context.settings.pull == PullMode::Staged || it.pull.is_none();
    if it.api == Api::Legacy { legacy.is_staged() } else { staged }
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
    let plain = matches!(it.via, "Deployment" | "RunnerDeployment") && !it.own_schema;
    if plain {
        // the one of 3.9 has no title
        let none = if it.via == "RunnerDeployment" && three {
            json!({"type": "object", "properties": {}})
        } else {
            json!({"title": "Parameters", "type": "object", "properties": {}})
        };
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
    let legacy = it.api == Api::Legacy;
    let agent = legacy && !context.settings.dialect.is_three();
    let pool = fields.values.get(&Field::WorkPool);
    // the pool of agents, which Prefect 3 has not
    let stated = pool.is_some_and(|it| !legacy || it != "default-agent-pool");
    if agent || stated {
        return;
    }
    if let Some(pool) = &context.settings.default_pool {
        fields.state(Field::WorkPool, pool.clone().into());
        return;
    }
    let named = "name one by `work_pool_name`, or for all by SYNC_WORK_POOL";
    let (message, hint) = match it.api {
        Api::Served => (
            "this deployment is served by the process of the file itself, which nothing runs here",
            "name a work pool for all by SYNC_WORK_POOL, or deploy it by `.deploy(work_pool_name=…)`",
        ),
        Api::Legacy | Api::Deployed => ("the deployment names no work pool", named),
    };
    found.push(context.error("work-pool", mark, message).hint(hint));
}
