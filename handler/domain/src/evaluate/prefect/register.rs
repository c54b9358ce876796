//! What registers deployments: `apply`, `deploy`, `serve`.

use std::rc::Rc;

use super::arguments::{Given, by_name};
use super::capture::captured;
use super::deployment::{self, FLOW, LEGACY};
use super::flow::Flow;
use super::{plain, signature};
use crate::evaluate::call::Args;
use crate::evaluate::items;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::{Object, Value};

/// The field that holds the working directory of the time a deployment was made.
pub(super) const CWD: &str = ".cwd";

/// What `deploy(…)` says for all its deployments.
#[derive(Debug, Default)]
pub(super) struct Shared<'a> {
    pub(super) pool: Option<Value<'a>>,
    pub(super) image: Option<Value<'a>>,
    pub(super) builds: bool,
    pub(super) served: bool,
}

/// `flow.deploy("name", …)`
pub(super) fn flow_deploy<'a>(
    machine: &mut Machine<'a>,
    flow: &Rc<Flow<'a>>,
    args: Args<'a>,
) -> Eval<'a> {
    let mut given = signature::given(machine, "deploy", args)?;
    let shared = shared(&mut given);
    let via = if flow.source.is_some() { "flow.from_source.deploy" } else { "flow.deploy" };
    let it = deployment::by(machine, via, flow, given);
    register(machine, &it, Some(&shared))?;
    Ok(machine.unknown("the id of a deployment"))
}

/// `flow.serve("name", …)`: without a name it is that of the file.
pub(super) fn flow_serve<'a>(
    machine: &mut Machine<'a>,
    flow: &Rc<Flow<'a>>,
    args: Args<'a>,
) -> Eval<'a> {
    let mut given = signature::given(machine, "serve", args)?;
    for own in ["pause_on_shutdown", "print_starting_message", "limit", "webserver"] {
        given.remove(own);
    }
    if let Some(limit) = given.remove("global_limit") {
        given.insert("concurrency_limit".into(), limit);
    }
    given.entry("name".into()).or_insert_with(|| Value::text(flow.function_name()));
    let it = deployment::by(machine, "flow.serve", flow, given);
    register(machine, &it, Some(&Shared { served: true, ..Shared::default() }))?;
    Ok(Value::None)
}

/// `serve(deployment, …)`
pub(super) fn serve<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let shared = Shared { served: true, ..Shared::default() };
    each(machine, args, &shared)?;
    Ok(Value::None)
}

/// `deploy(deployment, …, work_pool_name=…, image=…)`
pub(super) fn deploy<'a>(machine: &mut Machine<'a>, args: Args<'a>) -> Eval<'a> {
    signature::check(machine, "deploy(…)", &args)?;
    let mut given: Given<'a> = args.named.iter().cloned().collect();
    let shared = shared(&mut given);
    each(machine, &args, &shared)?;
    Ok(machine.unknown("the ids of deployments"))
}

/// `runner.add_flow(flow, name=…)`, `runner.add_deployment(deployment)`
pub(super) fn of_runner<'a>(machine: &mut Machine<'a>, name: &str, args: Args<'a>) -> Eval<'a> {
    let shared = Shared { served: true, ..Shared::default() };
    if name.ends_with("add_deployment") {
        each(machine, &args, &shared)?;
        return Ok(machine.unknown("the id of a deployment"));
    }
    let mut given = signature::given(machine, "add_flow", args)?;
    if let Some(Value::Flow(flow)) = given.remove(FLOW) {
        given.entry("name".into()).or_insert_with(|| Value::text(flow.function_name()));
        let it = deployment::by(machine, "runner.add_flow", &flow, given);
        register(machine, &it, Some(&shared))?;
    }
    Ok(machine.unknown("the id of a deployment"))
}

fn shared<'a>(given: &mut Given<'a>) -> Shared<'a> {
    let mut take = |name: &str| given.remove(name).filter(|it| !it.is_none());
    let (pool, image) = (take("work_pool_name"), take("image"));
    let builds = image.is_some() && take("build").and_then(|it| it.truth()) != Some(false);
    for own in ["push", "build", "print_next_steps", "print_next_steps_message", "ignore_warnings"]
    {
        take(own);
    }
    Shared { pool, image, builds, served: false }
}

fn each<'a>(
    machine: &mut Machine<'a>,
    args: &Args<'a>,
    shared: &Shared<'a>,
) -> Result<(), Stop<'a>> {
    let mut all = args.positional.clone();
    if let [only @ (Value::List(_) | Value::Tuple(_))] = args.positional.as_slice() {
        all = items::of(machine, only)?.unwrap_or_default();
    }
    if let Some(it) = args.open.as_ref().and_then(Value::as_unknown) {
        plain::not_known(machine, "deployments", it);
    }
    for it in &all {
        match it {
            Value::Object(it) if deployment::is_one(it) => register(machine, it, Some(shared))?,
            other => match other.as_unknown() {
                Some(it) => plain::not_known(machine, "deployments", it),
                None => {
                    return machine
                        .raise("TypeError", format!("{} is no deployment", other.type_name()));
                }
            },
        }
    }
    Ok(())
}

/// What `deployment.name(…)` gives.
pub(super) fn method<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
    args: Args<'a>,
) -> Eval<'a> {
    match name {
        "apply" | "aapply" => {
            let mut given = by_name(if &*it.class == LEGACY { "" } else { "apply" }, args);
            let shared = shared(&mut given);
            register(machine, it, Some(&shared))?;
            Ok(machine.unknown("the id of a deployment"))
        }
        "copy" | "model_copy" => Ok(super::copied(it, &args)),
        "dict" | "model_dump" => Ok(dumped(machine, it, &args)),
        "update" => {
            it.fields.borrow_mut().extend(args.named);
            Ok(Value::None)
        }
        _ => Ok(machine.unknown(format!("the result of `{name}` of a deployment"))),
    }
}

/// Captures a deployment that is registered.
pub(super) fn register<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    shared: Option<&Shared<'a>>,
) -> Result<(), Stop<'a>> {
    let given = it.fields.borrow().clone();
    let at = std::mem::replace(&mut machine.at, it.at);
    let captured = captured(machine, it, &given, shared.unwrap_or(&Shared::default()))?;
    machine.at = at;
    match captured {
        Some(captured) => machine.declare(it, captured),
        None => Ok(()),
    }
}

/// `deployment.dict(include={…})`: what is set, and what Prefect fills in.
fn dumped<'a>(machine: &mut Machine<'a>, it: &Rc<Object<'a>>, args: &Args<'a>) -> Value<'a> {
    const FILLED: [&str; 5] = ["flow_name", "entrypoint", "version", "description", "path"];
    let names = |name: &str| match args.named(name) {
        Some(Value::Set(it)) => Some(it.borrow().clone()),
        _ => None,
    };
    let (only, without) = (names("include"), names("exclude"));
    let mut all = it.fields.borrow().clone();
    for name in FILLED {
        if !all.contains_key(name)
            && let Some(value) = deployment::attribute(machine, it, name)
        {
            all.insert(name.into(), value);
        }
    }
    all.retain(|name, _| !name.starts_with('.') && &**name != FLOW);
    let kept = all.into_iter().map(|(name, it)| (Value::Text(name), it)).filter(|(name, _)| {
        only.as_ref().is_none_or(|it| it.contains(name))
            && !without.as_ref().is_some_and(|it| it.contains(name))
    });
    Value::dict(kept.collect())
}
