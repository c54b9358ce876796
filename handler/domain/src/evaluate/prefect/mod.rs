//! Prefect's own names: flows, deployments, schedules, blocks. What the file registers is captured.

mod flow;

use std::rc::Rc;

pub(super) use self::flow::Flow;

use super::call::Args;
use super::class::Class;
use super::installed::object;
use super::machine::{Eval, Machine};
use super::unknown::Unknown;
use super::value::{Object, Value};

/// A deployment that the file registers.
#[derive(Debug)]
pub(super) struct Declared<'a> {
    pub(super) flow: Rc<Flow<'a>>,
}

/// What the call `prefect…(…)` gives.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &Rc<str>, args: Args<'a>) -> Eval<'a> {
    let name = dotted.rsplit('.').next().unwrap_or(dotted);
    match name {
        "flow" | "Flow" => flow::decorate(machine, args),
        name if name.starts_with(char::is_uppercase) => Ok(object(machine, dotted, args)),
        _ => Ok(machine.unknown(format!("the result of `{dotted}`"))),
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
        _ => Ok(machine.unknown(format!("the result of a {}", it.class))),
    }
}

/// What `flow.name` gives.
pub(super) fn attribute<'a>(machine: &mut Machine<'a>, it: &Rc<Flow<'a>>, name: &str) -> Value<'a> {
    flow::attribute(machine, it, name)
}

/// What `object.name` gives.
pub(super) fn object_attribute<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
) -> Eval<'a> {
    Ok(machine.unknown(format!("`{name}` of a {}", it.class)))
}

/// A flow is not run.
pub(super) fn run<'a>(machine: &mut Machine<'a>, it: &Rc<Flow<'a>>) -> Value<'a> {
    machine.unknown(format!("the result of the flow `{}`", it.function_name()))
}

/// What a call of something unknown gives: nothing is known of that either.
pub(super) fn called_unknown<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Unknown>,
    _: &Args<'a>,
) -> Eval<'a> {
    let what = if it.what.len() > 200 || it.what.ends_with("()") {
        it.what.to_string()
    } else {
        format!("{}()", it.what)
    };
    Ok(machine.unknown_with(what, Rc::clone(&it.hint)))
}

/// `Block.load("name")` of a block type of the bundle's own.
pub(super) fn load_own<'a>(
    machine: &mut Machine<'a>,
    class: &Rc<Class<'a>>,
    args: &Args<'a>,
) -> Value<'a> {
    let _not_yet = args;
    machine.unknown(format!("a block of the type {}", class.name))
}
