//! `logging`: loggers, which write nothing here.

use std::rc::Rc;

use super::Made;
use crate::evaluate::call::Args;
use crate::evaluate::files;
use crate::evaluate::machine::Machine;
use crate::evaluate::value::{Object, Value};

/// Methods of loggers.
pub(super) const METHODS: &[&str] = &[
    "debug",
    "info",
    "warning",
    "warn",
    "error",
    "exception",
    "critical",
    "log",
    "setLevel",
    "addHandler",
    "removeHandler",
    "addFilter",
    "getChild",
    "isEnabledFor",
    "hasHandlers",
    "getEffectiveLevel",
];

/// What such a call gives; `None` for other names.
#[expect(clippy::unnecessary_wraps, reason = "as the others of its table")]
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    if dotted != "logging.getLogger" {
        return Ok(None);
    }
    let name = args.positional.first().filter(|it| !it.is_none()).cloned();
    let name = name.unwrap_or_else(|| Value::text("root"));
    Ok(Some(files::object(machine.at, "logging.Logger", [("name", name)])))
}

/// What a method of a logger gives.
pub(super) fn method<'a>(machine: &Machine<'a>, it: &Rc<Object<'a>>, name: &str) -> Value<'a> {
    match name {
        "getChild" => Value::Object(Rc::clone(it)),
        "isEnabledFor" | "hasHandlers" | "getEffectiveLevel" => {
            machine.unknown("how loggers are set up")
        }
        _ => Value::None,
    }
}
