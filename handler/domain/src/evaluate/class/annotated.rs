//! What pydantic's marks in `Annotated[…]` make of a value: validators, and forms of texts.
//!
//! Source: pydantic 2: validators that come before run from the last one on, those that come after from the first one on.

use ruff_python_ast::Expr;

use super::coercion;
use super::data::Field;
use super::validation::checked;
use crate::evaluate::call::{self, Args};
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::{Object, Value};

/// The marks that say more than what a value must be.
pub(in crate::evaluate) const MARKS: [&str; 5] =
    ["AfterValidator", "BeforeValidator", "PlainValidator", "StringConstraints", "WrapValidator"];

/// What is marked.
#[derive(Clone, Copy)]
enum Marked<'m, 'a> {
    /// As an annotation has it.
    Written(&'a Expr),
    /// As the value of a name has it.
    Named(&'m Value<'a>),
}

/// What `Annotated[kind, *marks]` makes of `value`.
pub(super) fn made<'a>(
    machine: &mut Machine<'a>,
    field: &Field<'a>,
    (kind, marks): (&'a Expr, &'a [Expr]),
    value: Value<'a>,
) -> Eval<'a> {
    let marks: Vec<Value<'a>> =
        marks.iter().filter_map(|it| coercion::kind(machine, field, it)).collect();
    marked(machine, field, (Marked::Written(kind), &marks), value)
}

/// The same of `Name = Annotated[kind, *marks]`.
pub(super) fn named<'a>(
    machine: &mut Machine<'a>,
    field: &Field<'a>,
    alias: &Object<'a>,
    value: Value<'a>,
) -> Eval<'a> {
    match alias.positional.split_first() {
        Some((kind, marks)) => marked(machine, field, (Marked::Named(kind), marks), value),
        None => Ok(value),
    }
}

fn marked<'a>(
    machine: &mut Machine<'a>,
    field: &Field<'a>,
    (kind, marks): (Marked<'_, 'a>, &[Value<'a>]),
    value: Value<'a>,
) -> Eval<'a> {
    let Some((mark, others)) = marks.split_last() else {
        return match kind {
            Marked::Written(it) => coercion::by(machine, field, it, value),
            Marked::Named(it) => coercion::one(machine, field, it, value),
        };
    };
    let inner = |machine: &mut Machine<'a>, value| {
        machine.nested(|it| marked(it, field, (kind, others), value))
    };
    let Value::Object(mark) = mark else { return inner(machine, value) };
    match mark.class.rsplit('.').next().unwrap_or_default() {
        "BeforeValidator" => {
            let value = validated(machine, field, mark, value)?;
            inner(machine, value)
        }
        "AfterValidator" => {
            let value = inner(machine, value)?;
            validated(machine, field, mark, value)
        }
        "PlainValidator" => validated(machine, field, mark, value),
        "WrapValidator" => Ok(machine.unknown("what a WrapValidator makes of a value")),
        "StringConstraints" => inner(machine, value).map(|it| formed(mark, it)),
        _ => inner(machine, value),
    }
}

/// What the function of a validator gives; it may take what pydantic tells of the field, which is not known here.
fn validated<'a>(
    machine: &mut Machine<'a>,
    field: &Field<'a>,
    mark: &Object<'a>,
    value: Value<'a>,
) -> Eval<'a> {
    let named = mark.fields.borrow().get("func").cloned();
    let Some(function) = named.or_else(|| mark.positional.first().cloned()) else {
        return Ok(value);
    };
    let takes = if let Value::Function(it) = &function { it.places() } else { 1 };
    let mut args = vec![value];
    if takes > 1 {
        args.push(machine.unknown("what a validator is told"));
    }
    checked(machine, &field.class, |it| call::value(it, &function, Args::of(args)))
}

/// `strip_whitespace`, `to_lower`, `to_upper`
fn formed<'a>(mark: &Object<'a>, value: Value<'a>) -> Value<'a> {
    let Value::Text(text) = &value else { return value };
    let says = |name: &str| mark.fields.borrow().get(name).and_then(Value::truth) == Some(true);
    let text = if says("strip_whitespace") { text.trim() } else { text };
    if says("to_upper") {
        Value::text(text.to_uppercase())
    } else if says("to_lower") {
        Value::text(text.to_lowercase())
    } else {
        Value::text(text)
    }
}
