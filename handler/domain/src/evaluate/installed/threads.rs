//! `threading` and `concurrent.futures`: what runs beside is run at once, in the order in which it is started.

use std::rc::Rc;

use super::Made;
use crate::evaluate::call::{self, Args};
use crate::evaluate::machine::{Eval, Machine, Raised, Stop};
use crate::evaluate::value::{Object, Value};
use crate::evaluate::{files, items};

pub(super) const OF_EXECUTORS: &[&str] = &["map", "shutdown", "submit"];
pub(super) const OF_FUTURES: &[&str] = &["done", "exception", "result"];
pub(super) const OF_THREADS: &[&str] = &["is_alive", "join", "start"];

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    Ok(Some(match dotted {
        "concurrent.futures.ThreadPoolExecutor" => {
            files::object(machine.at, "concurrent.futures.Executor", [])
        }
        "concurrent.futures.as_completed" => {
            let given = args.get("fs", 0).cloned().unwrap_or(Value::None);
            Value::iterator(items::of(machine, &given)?.unwrap_or_default())
        }
        "threading.Thread" => {
            let part = |name| args.named(name).cloned().unwrap_or(Value::None);
            let fields =
                [("target", part("target")), ("args", part("args")), ("kwargs", part("kwargs"))];
            files::object(machine.at, "threading.Thread", fields)
        }
        _ => return Ok(None),
    }))
}

/// What a method of an executor, a future or a thread gives.
pub(super) fn method<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
    args: Args<'a>,
) -> Eval<'a> {
    match (&*it.class, name) {
        ("concurrent.futures.Executor", "submit") => submitted(machine, args),
        ("concurrent.futures.Executor", "map") => mapped(machine, &args),
        ("concurrent.futures.Future", "result") => result(machine, it),
        ("concurrent.futures.Future", "exception") => Ok(field(it, "error")),
        ("concurrent.futures.Future", "done") => Ok(Value::Bool(true)),
        ("threading.Thread", "start") => started(machine, it),
        ("threading.Thread", "is_alive") => Ok(Value::Bool(false)),
        _ => Ok(Value::None),
    }
}

fn field<'a>(it: &Object<'a>, name: &str) -> Value<'a> {
    it.fields.borrow().get(name).cloned().unwrap_or(Value::None)
}

/// `executor.submit(callee, …)`: a future, whose exception is raised where its result is asked for.
fn submitted<'a>(machine: &mut Machine<'a>, mut args: Args<'a>) -> Eval<'a> {
    if args.positional.is_empty() {
        return machine.raise("TypeError", "submit() missing 1 required positional argument");
    }
    let callee = args.positional.remove(0);
    let (value, error) = match call::value(machine, &callee, args) {
        Ok(value) => (value, Value::None),
        Err(Stop::Raise(raised)) => (Value::None, raised.value.clone()),
        Err(stop) => return Err(stop),
    };
    let fields = [("value", value), ("error", error)];
    Ok(files::object(machine.at, "concurrent.futures.Future", fields))
}

fn result<'a>(machine: &Machine<'a>, it: &Object<'a>) -> Eval<'a> {
    match field(it, "error") {
        Value::None => Ok(field(it, "value")),
        value => Err(Stop::Raise(Rc::new(Raised { value, hint: "".into(), at: machine.at }))),
    }
}

/// `executor.map(callee, items, …)`
fn mapped<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let given = Args { positional: args.positional.clone(), ..Args::none() };
    let all = super::call(machine, &"builtins.map".into(), given)?;
    // all of it is started, whether it is waited for or not
    let all = items::of(machine, &all)?;
    Ok(all.map_or_else(|| machine.unknown("the results of an executor"), Value::iterator))
}

/// What a thread raises ends that thread only.
fn started<'a>(machine: &mut Machine<'a>, it: &Object<'a>) -> Eval<'a> {
    let target = field(it, "target");
    if target.is_none() {
        return Ok(Value::None);
    }
    let given = field(it, "args");
    let mut args = Args::none();
    if !given.is_none() {
        args.positional = items::of(machine, &given)?.unwrap_or_default();
    }
    if let Value::Dict(named) = field(it, "kwargs") {
        let named = named.borrow();
        let named = named.iter().map(|(name, it)| Some((Rc::clone(name.as_text()?), it.clone())));
        args.named = named.flatten().collect();
    }
    match call::value(machine, &target, args) {
        Err(stop @ Stop::TooMuch(..)) => Err(stop),
        _ => Ok(Value::None),
    }
}
