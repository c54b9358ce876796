//! One deployment that is registered, as plain values.

use serde_json::Value as Json;

use super::arguments::Given;
use super::captured::{Api, BlockUse, Captured};
use super::deployment::{self, FLOW, LEGACY, VIA};
use super::register::{CWD, Shared};
use super::stated::{default_path, pool, stated};
use super::storage::Source;
use super::target::flow;
use super::{block, plain, schedule, storage, trigger};
use crate::diagnostic::{Position, rules};
use crate::evaluate::machine::{Machine, Stop};
use crate::evaluate::path;
use crate::evaluate::value::{Object, Value};

/// The deployment `it`, of which `given` is what it was made with and what was set since; `None` with an error when its flow,
/// its name or its code is not known.
pub(super) fn captured<'a>(
    machine: &mut Machine<'a>,
    it: &Object<'a>,
    given: &Given<'a>,
    shared: &Shared<'a>,
) -> Result<Option<Captured>, Stop<'a>> {
    if let Some(open) = given.get("*").and_then(Value::as_unknown) {
        plain::not_known(machine, "**", open);
    }
    let legacy = &*it.class == LEGACY;
    let written = legacy.then(|| plain::as_two_writes(given));
    let given = written.as_ref().unwrap_or(given);
    let Some(flow) = flow(machine, given)? else { return Ok(None) };
    let Some(name) = name(machine, given)? else { return Ok(None) };
    let source = source(given, legacy);
    let Some((folder, pull)) = code(machine, given, source.as_ref())? else { return Ok(None) };
    let api = match (legacy, shared.served) {
        (true, _) => Api::Legacy,
        (false, true) => Api::Served,
        (false, false) => Api::Deployed,
    };
    let mut fields = stated(machine, given)?;
    pool(machine, shared, &mut fields)?;
    let schedules = schedule::of_deployment(machine, given)?;
    let triggers = match given.get("triggers").filter(|it| !it.is_none()) {
        Some(it) => trigger::all(machine, it)?,
        None => Vec::new(),
    };
    let storage = used(machine, given, legacy, "storage")?;
    let infrastructure = used(machine, given, legacy, "infrastructure")?;
    if !fields.contains_key("path") {
        let blocks = (storage.as_ref(), infrastructure.as_ref());
        let is_pooled = fields.contains_key("work_pool_name");
        let code = source.is_some().then_some((is_pooled, pull.as_deref()));
        fields.extend(default_path(machine, api, given, blocks, code));
    }
    Ok(Some(Captured {
        at: position(machine, it),
        via: via(given),
        api,
        flow,
        name,
        fields,
        schedules,
        triggers,
        storage,
        infrastructure,
        pull,
        folder,
        own_schema: given.contains_key("parameter_openapi_schema"),
        builds: shared.builds,
    }))
}

/// Where it is declared: what a module of the bundle makes, where the file calls it.
fn position(machine: &Machine<'_>, it: &Object<'_>) -> Position {
    let is_here = it.at.file == machine.main;
    machine.sources.position(if is_here { it.at } else { machine.main_at })
}

/// Where its code is pulled from: what it is given, or what its flow was read from.
fn source<'a>(given: &Given<'a>, legacy: bool) -> Option<Value<'a>> {
    let set = given.get("storage").filter(|it| !legacy && !it.is_none());
    match (set, given.get(FLOW)) {
        (Some(storage), _) => Some(storage.clone()),
        (None, Some(Value::Flow(it))) => it.source.as_ref().map(|(it, _)| it.clone()),
        _ => None,
    }
}

/// The folder of the bundle that its entrypoint starts from, and the steps that pull its code.
type Code = (String, Option<Vec<Json>>);

/// Its code; `None` with an error when the source is not known.
fn code<'a>(
    machine: &mut Machine<'a>,
    given: &Given<'a>,
    source: Option<&Value<'a>>,
) -> Result<Option<Code>, Stop<'a>> {
    let cwd = given.get(CWD).and_then(Value::as_text);
    let folder = cwd.and_then(|it| deployment::inside(machine, it)).unwrap_or_default();
    let Some(source) = source.filter(|it| !it.is_none()) else { return Ok(Some((folder, None))) };
    Ok(match storage::pull(machine, source)? {
        Some(Source::Bundle(inside, steps)) => Some((inside, Some(steps))),
        Some(Source::Steps(steps)) => Some((folder, Some(steps))),
        None => None,
    })
}

/// The block that a deployment of Prefect 2 names for `field`.
fn used<'a>(
    machine: &mut Machine<'a>,
    given: &Given<'a>,
    legacy: bool,
    field: &str,
) -> Result<Option<BlockUse>, Stop<'a>> {
    match given.get(field).filter(|_| legacy) {
        Some(it) => block::used(machine, field, it),
        None => Ok(None),
    }
}

/// The constant of what made the deployment.
pub(super) fn via(given: &Given<'_>) -> &'static str {
    const ALL: [&str; 10] = [
        "Deployment.build_from_flow",
        "RunnerDeployment",
        "RunnerDeployment.from_entrypoint",
        "RunnerDeployment.from_flow",
        "RunnerDeployment.from_storage",
        "flow.deploy",
        "flow.from_source.deploy",
        "flow.serve",
        "flow.to_deployment",
        "runner.add_flow",
    ];
    let text = given.get(VIA).and_then(Value::as_text).map_or("", |it| it);
    ALL.into_iter().find(|it| *it == text).unwrap_or("Deployment")
}

fn name<'a>(machine: &mut Machine<'a>, given: &Given<'a>) -> Result<Option<String>, Stop<'a>> {
    let Some(value) = given.get("name").filter(|it| !it.is_none()) else {
        machine.error(
            rules::DEPLOYMENT_NAME,
            machine.at,
            "the deployment has no name".to_owned(),
            "",
        );
        return Ok(None);
    };
    let Some(text) = plain::text(machine, "name", value)? else { return Ok(None) };
    let via = given.get(VIA).and_then(Value::as_text).map_or("", |it| it);
    let legacy = via.starts_with("Deployment");
    // `Path(name).stem` of Prefect 2; Prefect 3 only cuts `.py`
    let name = match (legacy, machine.settings.dialect.is_three()) {
        (true, _) => text.clone(),
        (false, true) => match text.strip_suffix(".py") {
            Some(stem) => path::name_of(stem).to_owned(),
            None => text.clone(),
        },
        (false, false) => {
            let last = path::name_of(&text);
            let dot = last.rfind('.').filter(|at| *at > 0 && *at + 1 < last.len());
            last.get(..dot.unwrap_or(last.len())).unwrap_or_default().to_owned()
        }
    };
    // the methods of a flow look at what they are given, but for the path of a file
    let looks = via.starts_with("flow.") && via != "flow.serve";
    let is_wrong = |it: &str| it.is_empty() || it.contains(['/', '%', '&', '>', '<']);
    if is_wrong(&name) || (looks && text.strip_suffix(".py").is_none() && is_wrong(&text)) {
        let message = "a deployment's name must be a text without `/`, `%`, `&`, `>` and `<`";
        machine.error(rules::DEPLOYMENT_NAME, machine.at, message.to_owned(), "");
        return Ok(None);
    }
    Ok(Some(name))
}
