//! Flows and tasks that are called: run only where they register something.

use std::rc::Rc;

use super::Flow;
use crate::diagnostic::rules;
use crate::evaluate::branch;
use crate::evaluate::call::Args;
use crate::evaluate::function::{self, Function};
use crate::evaluate::installed;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::unknown::Unknown;
use crate::evaluate::value::{Object, Value};

/// A flow is not run, unless it registers something.
pub(in crate::evaluate) fn run<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Flow<'a>>,
    args: Args<'a>,
) -> Eval<'a> {
    let result = format!("the result of the flow `{}`", it.function_name());
    run_registering(machine, it.function.as_ref(), args)?;
    Ok(machine.unknown(result))
}

/// A task is not run, unless it registers something.
pub(super) fn run_task<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    args: Args<'a>,
) -> Eval<'a> {
    let function = function_of(&Value::Object(Rc::clone(it)));
    run_registering(machine, function.as_ref(), args)?;
    Ok(machine.unknown("the result of a task"))
}

/// The function that a call of the value runs.
pub(in crate::evaluate) fn function_of<'a>(it: &Value<'a>) -> Option<Rc<Function<'a>>> {
    match it {
        Value::Function(it) => Some(Rc::clone(it)),
        Value::Flow(it) => it.function.clone(),
        Value::Object(it) if &*it.class == "prefect.Task" => {
            it.fields.borrow().get("fn").and_then(|it| match it {
                Value::Function(it) => Some(Rc::clone(it)),
                _ => None,
            })
        }
        _ => None,
    }
}

/// Runs a function of the bundle that registers something, for that; what it gives depends on the work that it does.
fn run_registering<'a>(
    machine: &mut Machine<'a>,
    function: Option<&Rc<Function<'a>>>,
    args: Args<'a>,
) -> Result<(), Stop<'a>> {
    let Some(function) = function.filter(|it| branch::leads_to_registering(machine, it)) else {
        return Ok(());
    };
    function::call(machine, function, args).map(|_| ())
}

/// What a call of something unknown gives: nothing is known of that either. That it would register something is an error.
pub(in crate::evaluate) fn called_unknown<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Unknown>,
    args: Args<'a>,
) -> Eval<'a> {
    let last = it.what.rsplit('.').next().unwrap_or_default();
    let named = |name: &str| args.named(name).is_some();
    let registers = match last {
        "deploy" => named("work_pool_name") || named("name"),
        "serve" | "to_deployment" => {
            named("name") || args.positional.first().is_some_and(|it| it.as_text().is_some())
        }
        "build_from_flow" => true,
        // of a client of the API
        "create_deployment" => named("flow_id"),
        // what others call so takes arguments, or is a function of a module: `nest_asyncio.apply()`
        "apply" | "aapply" => {
            let of_module = it.name.as_ref().is_some_and(|it| it.matches('.').count() < 2);
            args.positional.is_empty() && !of_module
        }
        _ => false,
    };
    if registers && machine.is_in_main() {
        let message =
            format!("this registers a deployment of something that is not known here: {}", it.what);
        let hint = machine.hint_of(it);
        machine.error(rules::UNKNOWN_VALUE, machine.at, message, &hint);
    }
    if let Some(dotted) = &it.name {
        return installed::call(machine, dotted, args);
    }
    let what = if it.what.len() > 200 || it.what.ends_with("()") {
        it.what.to_string()
    } else {
        format!("{}()", it.what)
    };
    Ok(machine.unknown_with(what, Rc::clone(&it.hint)))
}
