//! Attributes and methods of values that are not of the bundle: texts, lists, dictionaries, times, paths.

mod bytes;
mod list;
mod mapping;
mod model;
mod text;

use std::rc::Rc;

use ruff_python_ast::{Expr, Stmt};

use super::attribute::native;
use super::call::Args;
use super::machine::{Eval, Machine};
use super::value::Value;
use super::{moment, path};

/// Whether `owner` has `name`.
pub(super) fn has(owner: &Value<'_>, name: &str) -> bool {
    match owner {
        Value::Text(_) => text::NAMES.contains(&name),
        Value::Bytes(_) => bytes::NAMES.contains(&name),
        Value::List(_) => list::NAMES.contains(&name),
        Value::Tuple(_) => matches!(name, "count" | "index"),
        Value::Dict(_) => mapping::NAMES.contains(&name),
        Value::Set(_) => mapping::OF_SETS.contains(&name),
        Value::Int(_) | Value::Float(_) | Value::Bool(_) => NUMBER.contains(&name),
        Value::Moment(it) => moment::has(it, name),
        Value::Path(_) => path::has(name),
        _ => false,
    }
}

const NUMBER: [&str; 7] =
    ["bit_length", "is_integer", "real", "imag", "numerator", "denominator", "conjugate"];

/// The attribute `name`, which `owner` has: a value, or a method.
pub(super) fn attribute<'a>(machine: &mut Machine<'a>, owner: &Value<'a>, name: &str) -> Eval<'a> {
    match owner {
        Value::Moment(it) => Ok(moment::attribute(it, name).unwrap_or_else(|| native(owner, name))),
        Value::Path(it) => {
            Ok(path::attribute(machine, it, name).unwrap_or_else(|| native(owner, name)))
        }
        Value::Int(_) | Value::Float(_) if matches!(name, "real" | "numerator") => {
            Ok(owner.clone())
        }
        other => Ok(native(other, name)),
    }
}

/// What the call of the method `name` gives.
pub(super) fn call<'a>(
    machine: &mut Machine<'a>,
    owner: &Value<'a>,
    name: &Rc<str>,
    args: Args<'a>,
) -> Eval<'a> {
    machine.spend(1)?;
    match owner {
        Value::Text(it) => text::call(machine, it, name, args),
        Value::Bytes(it) => bytes::call(machine, it, name, &args),
        Value::List(it) => list::call(machine, it, name, args),
        Value::Tuple(it) => list::of_tuple(machine, it, name, &args),
        Value::Dict(it) => mapping::call(machine, it, name, args),
        Value::Set(it) => mapping::of_set(machine, it, name, args),
        Value::Moment(it) => moment::call(machine, it, name, args),
        Value::Path(it) => path::call(machine, it, name, args),
        Value::Instance(it) => model::call(machine, it, name, args),
        Value::Class(it) => model::of_class(machine, it, name, args),
        Value::Flow(it) => super::prefect::flow_method(machine, it, name, args),
        Value::Object(it) => super::installed::method(machine, it, name, args),
        _ => Ok(machine.unknown(format!("the result of `{name}`"))),
    }
}

/// The text of a body that begins with one.
pub(super) fn doc<'a>(body: &[Stmt]) -> Value<'a> {
    match body.first() {
        Some(Stmt::Expr(it)) => match &*it.value {
            Expr::StringLiteral(it) => Value::text(it.value.to_str()),
            _ => Value::None,
        },
        _ => Value::None,
    }
}
