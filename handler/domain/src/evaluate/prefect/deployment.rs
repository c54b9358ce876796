//! Deployments that are made, and not registered yet.

use std::cell::RefCell;
use std::rc::Rc;

use super::arguments::{Given, by_name};
use super::flow::{self, Flow};
use super::{class_name, register, signature, target};
use crate::evaluate::call::Args;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::path;
use crate::evaluate::value::{Object, Value};

/// The class of a deployment of Prefect 2.
pub(super) const LEGACY: &str = "prefect.deployments.Deployment";

/// The class of a deployment of a work pool, or one that is served.
pub(super) const RUNNER: &str = "prefect.deployments.RunnerDeployment";

/// The field that holds the flow.
pub(super) const FLOW: &str = "flow";

/// The field that says what made it, for messages.
pub(super) const VIA: &str = ".via";

/// The field that holds the schedule a deployment of Prefect 2 was made with, which no other one replaces later.
pub(super) const SCHEDULE: &str = ".schedule";

/// Whether the object is a deployment.
pub(super) fn is_one(it: &Object<'_>) -> bool {
    matches!(&*it.class, LEGACY | RUNNER)
}

fn made<'a>(machine: &Machine<'a>, class: &str, via: &str, mut given: Given<'a>) -> Rc<Object<'a>> {
    for (name, it) in &mut given {
        *it = own(name, it);
    }
    if let (LEGACY, Some(schedule)) = (class, given.get("schedule").filter(|it| !it.is_none())) {
        given.insert(SCHEDULE.into(), schedule.clone());
    }
    given.insert(VIA.into(), Value::text(via));
    given.insert(register::CWD.into(), Value::text(machine.cwd.as_str()));
    Rc::new(Object {
        class: class.into(),
        positional: Vec::new(),
        fields: RefCell::new(given),
        at: machine.at,
    })
}

/// Lists and mappings as the models of Prefect keep them: copies, whatever kind of sequence is given.
fn own<'a>(name: &str, it: &Value<'a>) -> Value<'a> {
    match (name, it) {
        ("tags", Value::Tuple(it)) => Value::list(it.to_vec()),
        ("tags", Value::Set(it)) => Value::list(it.borrow().keys()),
        ("tags" | "schedules" | "triggers", Value::List(it)) => Value::list(it.borrow().clone()),
        ("parameters" | "job_variables" | "infra_overrides", Value::Dict(it)) => {
            Value::dict(it.borrow().clone())
        }
        _ => it.clone(),
    }
}

/// `Deployment.build_from_flow(flow=…, name=…)`: it fills in what is empty, too.
pub(super) fn build_from_flow<'a>(machine: &mut Machine<'a>, args: Args<'a>) -> Eval<'a> {
    let mut given = signature::given(machine, "build_from_flow", args)?;
    let apply = given.remove("apply").and_then(|it| it.truth()) == Some(true);
    // it is always that of the flow
    for unused in ["output", "skip_upload", "ignore_file", "flow_name"] {
        given.remove(unused);
    }
    let has_storage = given.get("storage").is_some_and(|it| !it.is_none());
    given.retain(|name, it| {
        let filled = match &**name {
            "version" | "description" | "entrypoint" => true,
            "path" => !has_storage,
            _ => false,
        };
        !(filled && it.as_text().is_some_and(|it| it.is_empty()))
    });
    let it = made(machine, LEGACY, "Deployment.build_from_flow", given);
    if apply {
        register::register(machine, &it, None)?;
    }
    Ok(Value::Object(it))
}

/// `Deployment(name=…, flow_name=…)`
pub(super) fn direct<'a>(machine: &mut Machine<'a>, args: Args<'a>) -> Eval<'a> {
    let given = signature::given(machine, "Deployment", args)?;
    Ok(Value::Object(made(machine, LEGACY, "Deployment", given)))
}

/// `RunnerDeployment(name=…, flow_name=…)`
pub(super) fn plain_runner<'a>(machine: &mut Machine<'a>, args: Args<'a>) -> Value<'a> {
    let given = by_name("RunnerDeployment", args);
    Value::Object(made(machine, RUNNER, "RunnerDeployment", given))
}

/// `RunnerDeployment.from_flow(…)`, `.from_entrypoint(…)`, `.from_storage(…)`
pub(super) fn runner<'a>(machine: &mut Machine<'a>, function: &str, args: Args<'a>) -> Eval<'a> {
    let mut given = signature::given(machine, function, args)?;
    if function != "from_flow"
        && let Some(entrypoint) = given.get("entrypoint").and_then(Value::as_text).cloned()
    {
        let folder = given.get("storage").and_then(|it| super::storage::folder(machine, it));
        let source = given.remove("storage");
        let found = flow::find(machine, &entrypoint, folder.as_deref())?;
        let known = match found {
            Some(Value::Flow(it)) => (it.function.clone(), it.settings.borrow().clone()),
            _ => (None, std::collections::BTreeMap::new()),
        };
        // read from an entrypoint, it is registered with the folder it was read in
        let source = (source.unwrap_or(Value::None), Rc::clone(&entrypoint));
        let flow =
            Flow { function: known.0, settings: RefCell::new(known.1), source: Some(source) };
        given.insert(FLOW.into(), Value::Flow(Rc::new(flow)));
    }
    let via = format!("RunnerDeployment.{function}");
    Ok(Value::Object(made(machine, RUNNER, &via, given)))
}

/// `flow.to_deployment("name", …)`
pub(super) fn of_flow<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Flow<'a>>,
    args: Args<'a>,
) -> Eval<'a> {
    let mut given = signature::given(machine, "to_deployment", args)?;
    given.retain(|name, it| {
        let filled = matches!(&**name, "version" | "description");
        !(filled && it.as_text().is_some_and(|it| it.is_empty()))
    });
    given.insert(FLOW.into(), Value::Flow(Rc::clone(it)));
    Ok(Value::Object(made(machine, RUNNER, "flow.to_deployment", given)))
}

/// A deployment of `flow` made by `function` of it.
pub(super) fn by<'a>(
    machine: &Machine<'a>,
    via: &str,
    flow: &Rc<Flow<'a>>,
    mut given: Given<'a>,
) -> Rc<Object<'a>> {
    given.insert(FLOW.into(), Value::Flow(Rc::clone(flow)));
    made(machine, RUNNER, via, given)
}

/// What `deployment.name` gives when it is not set: what Prefect fills in.
#[expect(clippy::match_same_arms, reason = "in the order of the table")]
pub(super) fn attribute<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
) -> Option<Value<'a>> {
    let flow = it.fields.borrow().get(FLOW).cloned();
    Some(match (name, flow) {
        ("flow_name", Some(Value::Flow(it))) => flow::attribute(machine, &it, "name").ok()?,
        ("version" | "description", Some(Value::Flow(it))) => {
            flow::attribute(machine, &it, name).ok()?
        }
        ("tags" | "schedules" | "triggers", _) => {
            let made = Value::list(Vec::new());
            it.fields.borrow_mut().insert(name.into(), made.clone());
            made
        }
        ("parameters" | "job_variables" | "infra_overrides", _) => {
            let made = Value::dict([].into_iter().collect());
            it.fields.borrow_mut().insert(name.into(), made.clone());
            made
        }
        ("path", _) if class_name(it) == "Deployment" => Value::text(machine.cwd.as_str()),
        ("entrypoint", Some(Value::Flow(flow))) => {
            let cwd = machine.cwd.clone();
            Value::text(target::entrypoint(machine, &flow, &cwd, false))
        }
        ("dict" | "model_dump", _) => return None,
        ("work_pool_name" | "work_queue_name" | "schedule" | "storage" | "infrastructure", _) => {
            Value::None
        }
        _ => return None,
    })
}

/// The folder of the bundle at an absolute path, with a slash at its end; `None` outside it.
pub(super) fn inside(machine: &Machine<'_>, whole: &str) -> Option<String> {
    let whole = path::absolute(machine, whole);
    let rest = whole.strip_prefix(&machine.settings.root())?;
    let rest = rest.trim_start_matches('/');
    Some(if rest.is_empty() { String::new() } else { format!("{rest}/") })
}

/// The value of `freeze(value)`: a parameter that cannot be changed.
pub(super) fn frozen<'a>(it: &Object<'a>) -> Option<Value<'a>> {
    (class_name(it) == "freeze").then(|| it.positional.first().cloned()).flatten()
}
