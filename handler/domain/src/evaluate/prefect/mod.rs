//! Prefect's own names: flows, deployments, schedules, blocks. What the file registers is captured.

mod arguments;
mod block;
mod capture;
mod captured;
mod constructed;
mod deployment;
mod enumerations;
mod flow;
mod members;
mod plain;
mod register;
mod removed;
mod running;
mod schedule;
mod signature;
mod stated;
mod storage;
mod target;
mod trigger;

use std::cell::RefCell;
use std::rc::Rc;

pub(crate) use self::captured::{Api, BlockUse, Captured};
pub(super) use self::enumerations::member;
pub(super) use self::flow::{Flow, attribute, method as flow_method};
pub(super) use self::removed::is_missing;
pub(super) use self::running::{called_unknown, function_of, run};

use self::running::run_task;
use super::attribute::native;
use super::call::Args;
use super::class::Class;
use super::machine::{Eval, Machine, Stop};
use super::value::{Object, Value};

/// What the call `prefect…(…)` gives: by the last parts of the name, since modules differ from release to release.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &Rc<str>, args: Args<'a>) -> Eval<'a> {
    let mut parts = dotted.rsplit('.');
    let (name, owner) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    match (owner, name) {
        (_, "flow") => flow::decorate(machine, args),
        (_, "Flow") => flow::made(machine, args),
        ("flow" | "Flow", "from_source" | "afrom_source") => flow::from_source(machine, args),
        (_, "task") => {
            signature::decorated(machine, "task", &args)?;
            Ok(task(machine, args))
        }
        ("Deployment", "build_from_flow") => deployment::build_from_flow(machine, args),
        (_, "Deployment") => deployment::direct(machine, args),
        (
            "RunnerDeployment",
            "from_flow" | "from_entrypoint" | "from_storage" | "afrom_storage",
        ) => deployment::runner(machine, name.trim_start_matches('a'), args),
        (_, "RunnerDeployment") => Ok(deployment::plain_runner(machine, args)),
        (_, "deploy" | "adeploy") => register::deploy(machine, args),
        (_, "serve" | "aserve") => register::serve(machine, &args),
        (_, "load" | "aload") if block::is_class(owner) => Ok(block::load(machine, owner, args)),
        ("KubernetesJob", "job_from_file" | "customize_from_file") => {
            block::manifest(machine, &args)
        }
        ("KubernetesJob", "base_job_manifest") => Ok(block::bare_manifest()),
        (_, "parameter_schema") => Ok(object(machine, dotted, name, args)),
        (_, "load_flow_from_entrypoint" | "import_object") => flow::of_entrypoint(machine, &args),
        ("RRuleSchedule", "from_rrule") | (_, "construct_schedule") => {
            constructed::timed(machine, &arguments::by_name(name, args.clone()))?;
            Ok(schedule::made(machine, args))
        }
        ("Variable" | "variables", "get" | "aget") => {
            Ok(machine.unknown_with(format!("the result of `{dotted}`"), VARIABLE))
        }
        ("Interval" | "Cron" | "RRule", _) => {
            Ok(machine.unknown(format!("the result of `{dotted}`")))
        }
        (_, name) if name.starts_with(char::is_uppercase) => {
            constructed::check(machine, dotted, name, &args)?;
            Ok(object(machine, dotted, name, args))
        }
        _ => Ok(machine.unknown(format!("the result of `{dotted}`"))),
    }
}

/// What to do about a variable that is on the server only.
const VARIABLE: &str = "read it in the flow, write `{{ prefect.variables.NAME }}` into an entry of prefect.yaml, or take an environment variable that SYNC_ENV allows";

/// An object of a class of Prefect, with its arguments by name.
fn object<'a>(machine: &Machine<'a>, dotted: &str, name: &str, args: Args<'a>) -> Value<'a> {
    let rest = if arguments::by_name(name, args.clone()).len() < args.positional.len() {
        args.positional.clone()
    } else {
        Vec::new()
    };
    Value::Object(Rc::new(Object {
        class: dotted.into(),
        positional: rest,
        fields: RefCell::new(arguments::by_name(name, args)),
        at: machine.at,
    }))
}

/// `@task`: the function, which is run only where it registers something.
pub(super) fn task<'a>(machine: &mut Machine<'a>, args: Args<'a>) -> Value<'a> {
    match args.get("__fn", 0).cloned() {
        Some(function) => {
            let given = Args { named: vec![("fn".into(), function)], ..Args::none() };
            object(machine, "prefect.Task", "Task", given)
        }
        None => object(machine, "prefect.task", "task", args),
    }
}

/// What the call of an object of Prefect gives: of `@flow(…)` a flow.
pub(super) fn call_object<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    args: Args<'a>,
) -> Eval<'a> {
    match &*it.class {
        "prefect.flow" => {
            let mut all = args;
            all.named
                .extend(it.fields.borrow().iter().map(|(name, it)| (Rc::clone(name), it.clone())));
            flow::decorate(machine, all)
        }
        "prefect.task" => Ok(task(machine, args)),
        "prefect.Task" => run_task(machine, it, args),
        _ => Ok(machine.unknown(format!("the result of a {}", it.class))),
    }
}

/// What `object.name` gives: a method, or what is not set.
pub(super) fn object_attribute<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
) -> Eval<'a> {
    let owner = Value::Object(Rc::clone(it));
    if deployment::is_one(it) {
        if let Some(found) = deployment::attribute(machine, it, name) {
            return Ok(found);
        }
        members::of_deployment(machine, &it.class, name)?;
        return Ok(native(&owner, name));
    }
    Ok(match (class_name(it), name) {
        ("DockerImage" | "DeploymentImage", "reference") => storage::reference(machine, it),
        (_, "_block_document_name") => {
            it.fields.borrow().get(block::SAVED).cloned().unwrap_or(Value::None)
        }
        _ => native(&owner, name),
    })
}

/// `object.name = value`: deployments take nothing but their fields.
pub(super) fn settable<'a>(
    machine: &Machine<'a>,
    it: &Object<'a>,
    name: &str,
) -> Result<(), Stop<'a>> {
    if deployment::is_one(it) { members::settable(machine, &it.class, name) } else { Ok(()) }
}

/// What `object.name(…)` gives.
pub(super) fn object_method<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
    args: Args<'a>,
) -> Eval<'a> {
    if deployment::is_one(it) {
        return register::method(machine, it, name, args);
    }
    match (class_name(it), name) {
        (_, "save" | "asave") => Ok(block::saved(machine, it, args)),
        ("Task", "submit" | "delay" | "map") => run_task(machine, it, args),
        ("Runner", "add_flow" | "add_deployment" | "aadd_flow" | "aadd_deployment") => {
            register::of_runner(machine, name, args)
        }
        (_, "dict" | "model_dump") => {
            let fields = it.fields.borrow();
            let pairs = fields.iter().map(|(name, it)| (Value::Text(Rc::clone(name)), it.clone()));
            Ok(Value::dict(pairs.collect()))
        }
        (_, "model_copy" | "copy") => Ok(copied(it, &args)),
        (class, _) => {
            let what = format!("the result of `{name}` of a {class}");
            Ok(machine.unknown_with(what, block::hint(class, name)))
        }
    }
}

/// `object.copy(update={…})`
fn copied<'a>(it: &Object<'a>, args: &Args<'a>) -> Value<'a> {
    let made = it.copied();
    match args.named("update") {
        Some(Value::Dict(update)) => {
            let update = update.borrow();
            let named = update.iter().map(|(key, it)| (key.as_text().cloned(), it.clone()));
            made.fields.borrow_mut().extend(named.filter_map(|(key, it)| Some((key?, it))));
        }
        Some(unknown @ Value::Unknown(_)) => return unknown.clone(),
        _ => {}
    }
    Value::Object(Rc::new(made))
}

/// The class without its module.
fn class_name<'o>(it: &'o Object<'_>) -> &'o str {
    it.class.rsplit('.').next().unwrap_or(&it.class)
}

/// `Block.load("name")` of a block type of the bundle's own.
pub(super) fn load_own<'a>(
    machine: &mut Machine<'a>,
    class: &Rc<Class<'a>>,
    args: &Args<'a>,
) -> Value<'a> {
    block::load(machine, &class.name, args.clone())
}

/// Whether a class of Prefect has `name`; `None` when it is not known here.
pub(super) fn has(class: &str, name: &str) -> Option<bool> {
    const LEGACY: [&str; 6] =
        ["build_from_flow", "apply", "load", "update", "to_yaml", "upload_to_storage"];
    const RUNNER: [&str; 8] = [
        "from_flow",
        "from_entrypoint",
        "from_storage",
        "afrom_storage",
        "apply",
        "aapply",
        "name",
        "flow_name",
    ];
    if class.ends_with(".Deployment") && LEGACY.contains(&name) {
        return Some(true);
    }
    class.ends_with(".RunnerDeployment").then(|| RUNNER.contains(&name))
}
