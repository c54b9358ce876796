//! `contextlib`: what a `with` enters and leaves.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Made, object, stream};
use crate::evaluate::call::{self, Args};
use crate::evaluate::function::Function;
use crate::evaluate::machine::{Eval, Machine, Raised, Step, Stop};
use crate::evaluate::value::{Object, Value};
use crate::evaluate::{exception, with};

pub(super) const METHODS: &[&str] =
    &["enter_context", "enter_async_context", "callback", "push", "close", "pop_all"];

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    Ok(Some(match dotted {
        "contextlib.suppress" | "contextlib.redirect_stdout" | "contextlib.redirect_stderr" => {
            object(machine, dotted, args.clone())
        }
        "contextlib.nullcontext" | "contextlib.closing" | "contextlib.aclosing" => {
            object(machine, "contextlib.nullcontext", args.clone())
        }
        "contextlib.ExitStack" | "contextlib.AsyncExitStack" => {
            let fields = [("open".into(), Value::list(Vec::new()))].into();
            Value::Object(Rc::new(Object {
                class: "contextlib.ExitStack".into(),
                positional: Vec::new(),
                fields: RefCell::new(fields),
                at: machine.at,
            }))
        }
        _ => return Ok(None),
    }))
}

/// The generator that the context is, with the arguments of its call, which has not run yet.
pub(in crate::evaluate) fn generator_context<'a>(
    it: &Value<'a>,
) -> Option<(Rc<Function<'a>>, Args<'a>)> {
    let Value::Object(it) = it else { return None };
    if &*it.class != "contextlib.generator" {
        return None;
    }
    let Some((Value::Function(function), given)) = it.positional.split_first() else { return None };
    let mut args = Args::of(given.to_vec());
    args.named =
        it.fields.borrow().iter().map(|(name, it)| (Rc::clone(name), it.clone())).collect();
    Some((Rc::clone(function), args))
}

/// What `as` binds.
#[expect(clippy::unnecessary_wraps, reason = "as the others of its table")]
pub(in crate::evaluate) fn entered<'a>(machine: &mut Machine<'a>, it: &Rc<Object<'a>>) -> Eval<'a> {
    let own = Value::Object(Rc::clone(it));
    match &*it.class {
        "contextlib.nullcontext" => Ok(it.positional.first().cloned().unwrap_or(Value::None)),
        "contextlib.redirect_stdout" => {
            let to = it.positional.first().cloned().unwrap_or(Value::None);
            machine.printing.push(to.clone());
            Ok(to)
        }
        class if class.starts_with("tempfile.") => Ok(machine.unknown("a temporary folder")),
        _ => Ok(own),
    }
}

/// Leaves the context; gives whether it keeps the exception to itself.
pub(in crate::evaluate) fn left<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    raised: Option<&Raised<'a>>,
) -> Result<bool, Stop<'a>> {
    match &*it.class {
        "contextlib.suppress" => Ok(raised.is_some_and(|raised| {
            it.positional.iter().any(|kind| exception::is_of(&raised.value, kind))
        })),
        "contextlib.redirect_stdout" => {
            machine.printing.pop();
            Ok(false)
        }
        "contextlib.ExitStack" => {
            unwound(machine, it)?;
            Ok(false)
        }
        _ => {
            stream::closed(it);
            Ok(false)
        }
    }
}

/// Leaves what a stack has entered, the last first.
fn unwound<'a>(machine: &mut Machine<'a>, it: &Rc<Object<'a>>) -> Result<(), Stop<'a>> {
    let open = match it.fields.borrow().get("open") {
        Some(Value::List(it)) => it.take(),
        _ => Vec::new(),
    };
    for context in open.iter().rev() {
        match context {
            Value::Tuple(parts) => {
                let Some((callee, given)) = parts.split_first() else { continue };
                call::value(machine, callee, Args::of(given.to_vec()))?;
            }
            other => {
                with::left(machine, other, &Ok(Step::Next))?;
            }
        }
    }
    Ok(())
}

/// Methods of an `ExitStack`.
#[expect(clippy::single_match_else, reason = "both ways are told")]
pub(super) fn method<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    let first = args.positional.first().cloned().unwrap_or(Value::None);
    let push = |value: Value<'a>| {
        if let Some(Value::List(open)) = it.fields.borrow().get("open") {
            open.borrow_mut().push(value);
        }
    };
    Ok(match name {
        "enter_context" | "enter_async_context" => match generator_context(&first) {
            // its end comes at once: it cannot wait for that of the block
            Some((function, args)) => {
                let yielded = crate::evaluate::generator::yielded(machine, &function, args)?;
                yielded.into_iter().next().unwrap_or(Value::None)
            }
            None => {
                let given = with::entered(machine, &first)?;
                push(first);
                given
            }
        },
        "callback" => {
            push(Value::tuple(args.positional.clone()));
            first
        }
        "close" => {
            unwound(machine, it)?;
            Value::None
        }
        _ => Value::Object(Rc::clone(it)),
    })
}
