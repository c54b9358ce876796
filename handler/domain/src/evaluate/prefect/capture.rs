//! One deployment that is registered, as plain values.

use std::rc::Rc;

use super::arguments::Given;
use super::captured::{Api, Captured};
use super::deployment::{self, FLOW, LEGACY, VIA};
use super::register::{CWD, Shared};
use super::stated::{default_path, pool, stated};
use super::storage::Source;
use super::target::flow;
use super::{block, plain, schedule, storage, trigger};
use crate::diagnostic::rules;
use crate::evaluate::machine::{Machine, Stop};
use crate::evaluate::path;
use crate::evaluate::value::{Object, Value};

#[expect(clippy::too_many_lines, reason = "a table: one arm for each name")]
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
    let Some(flow) = flow(machine, given, legacy)? else { return Ok(None) };
    let Some(name) = name(machine, given)? else { return Ok(None) };
    let set = given.get("storage").filter(|it| !legacy && !it.is_none()).cloned();
    let source = match (set, given.get(FLOW)) {
        (Some(storage), _) => Some((storage, Rc::from(""))),
        (None, Some(Value::Flow(it))) => it.source.clone(),
        _ => None,
    };
    let mut pull = None;
    let mut folder = given
        .get(CWD)
        .and_then(Value::as_text)
        .and_then(|it| deployment::inside(machine, it))
        .unwrap_or_default();
    if let Some((source, _)) = &source
        && !source.is_none()
    {
        match storage::pull(machine, source)? {
            Some(Source::Bundle(inside, steps)) => (folder, pull) = (inside, Some(steps)),
            Some(Source::Steps(steps)) => pull = Some(steps),
            None => return Ok(None),
        }
    }
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
    let used = |machine: &mut Machine<'a>, name: &str| match given.get(name).filter(|_| legacy) {
        Some(it) => block::used(machine, name, it),
        None => Ok(None),
    };
    let (storage, infrastructure) = (used(machine, "storage")?, used(machine, "infrastructure")?);
    if !fields.contains_key("path") {
        fields.extend(default_path(
            machine,
            api,
            given,
            &storage,
            &infrastructure,
            (source.is_some(), fields.contains_key("work_pool_name"), pull.as_deref()),
        ));
    }
    Ok(Some(Captured {
        // what a module of the bundle makes is declared where the file calls it
        at: machine.sources.position(if it.at.file == machine.main {
            it.at
        } else {
            machine.main_at
        }),
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
    let legacy =
        given.get(VIA).and_then(Value::as_text).is_some_and(|it| it.starts_with("Deployment"));
    // `Path(name).stem` of Prefect 2; Prefect 3 only cuts `.py`
    Ok(Some(match (legacy, machine.settings.dialect.is_three()) {
        (true, _) => text,
        (false, true) => match text.strip_suffix(".py") {
            Some(stem) => path::name_of(stem).to_owned(),
            None => text,
        },
        (false, false) => {
            let last = path::name_of(&text);
            let dot = last.rfind('.').filter(|at| *at > 0 && *at + 1 < last.len());
            last.get(..dot.unwrap_or(last.len())).unwrap_or_default().to_owned()
        }
    }))
}
