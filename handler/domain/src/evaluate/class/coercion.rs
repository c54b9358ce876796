//! What pydantic makes of the values that a model is given: models of mappings, members of texts, numbers of digits.

use std::rc::Rc;

use ruff_python_ast::{Expr, Operator};

use super::data::Field;
use super::validation::validated;
use super::{Class, annotated, construction};
use crate::evaluate::call::Args;
use crate::evaluate::dict::Dict;
use crate::evaluate::expression;
use crate::evaluate::installed;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::path;
use crate::evaluate::value::Value;

/// The value that a field gets of `given`.
pub(super) fn field<'a>(
    machine: &mut Machine<'a>,
    class: &Rc<Class<'a>>,
    field: &Field<'a>,
    given: Value<'a>,
) -> Eval<'a> {
    let given = validated(machine, class, field, given, true)?;
    let made = coerced(machine, field, given)?;
    validated(machine, class, field, made, false)
}

/// What the annotation of a field makes of a value.
pub(super) fn coerced<'a>(
    machine: &mut Machine<'a>,
    field: &Field<'a>,
    value: Value<'a>,
) -> Eval<'a> {
    machine.nested(|machine| by(machine, field, field.annotation, value))
}

pub(super) fn by<'a>(
    machine: &mut Machine<'a>,
    field: &Field<'a>,
    annotation: &'a Expr,
    value: Value<'a>,
) -> Eval<'a> {
    machine.spend(1)?;
    match annotation {
        Expr::Name(_) | Expr::Attribute(_) => match kind(machine, field, annotation) {
            Some(kind) => one(machine, field, &kind, value),
            None => Ok(value),
        },
        Expr::Subscript(it) => generic(machine, field, (&it.value, &it.slice), value),
        Expr::BinOp(it) if it.op == Operator::BitOr => {
            let sides = [&*it.left, &*it.right];
            let side = sides.into_iter().find(|it| !it.is_none_literal_expr());
            match side {
                Some(side)
                    if !value.is_none() && sides.iter().any(|it| it.is_none_literal_expr()) =>
                {
                    by(machine, field, side, value)
                }
                _ => Ok(value),
            }
        }
        _ => Ok(value),
    }
}

/// `List[X]`, `Dict[str, X]`, `Optional[X]`
fn generic<'a>(
    machine: &mut Machine<'a>,
    field: &Field<'a>,
    (base, inner): (&'a Expr, &'a Expr),
    value: Value<'a>,
) -> Eval<'a> {
    let name = match base {
        Expr::Name(it) => it.id.as_str(),
        Expr::Attribute(it) => it.attr.as_str(),
        _ => return Ok(value),
    };
    if name == "Annotated" {
        let parts = inner.as_tuple_expr().and_then(|it| it.elts.split_first());
        return match parts {
            Some(parts) => annotated::made(machine, field, parts, value),
            None => Ok(value),
        };
    }
    let last = |it: &'a Expr| if let Expr::Tuple(it) = it { it.elts.last() } else { Some(it) };
    match (name, &value, last(inner)) {
        ("Optional", _, Some(inner)) if !value.is_none() => by(machine, field, inner, value),
        ("List" | "list" | "Sequence", Value::List(all), Some(inner)) => {
            let all = all.borrow().clone();
            let made: Result<Vec<_>, _> = all
                .into_iter()
                .map(|it| machine.nested(|machine| by(machine, field, inner, it)))
                .collect();
            Ok(Value::list(made?))
        }
        ("Dict" | "dict" | "Mapping", Value::Dict(all), Some(inner)) => {
            let all = all.borrow().clone();
            let mut out = Dict::default();
            for (key, it) in all.iter() {
                let made = machine.nested(|machine| by(machine, field, inner, it.clone()))?;
                out.insert(key.clone(), made);
            }
            Ok(Value::dict(out))
        }
        _ => Ok(value),
    }
}

/// The value of the annotation, when it is a plain name.
pub(super) fn kind<'a>(
    machine: &mut Machine<'a>,
    field: &Field<'a>,
    it: &'a Expr,
) -> Option<Value<'a>> {
    let at = machine.at;
    let found = expression::value(machine, it, field.class.scope).ok();
    machine.at = at;
    found
}

pub(super) fn one<'a>(
    machine: &mut Machine<'a>,
    field: &Field<'a>,
    kind: &Value<'a>,
    value: Value<'a>,
) -> Eval<'a> {
    match (kind, &value) {
        (Value::Object(alias), _) if &*alias.class == "typing.Annotated" => {
            annotated::named(machine, field, alias, value)
        }
        (Value::Class(class), Value::Dict(dict)) if class.is_data() => {
            let args = named(&dict.borrow());
            construction::construct(machine, class, args)
        }
        (Value::Class(class), Value::Text(_) | Value::Int(_)) if class.is_enum() => {
            construction::construct(machine, class, Args::of(vec![value.clone()]))
        }
        (Value::Outside(name), Value::Text(text)) => match read(name, text) {
            Some(Some(made)) => Ok(made),
            Some(None) => invalid(machine, field, "a valid value of its type"),
            None if is_other(name) => moment(machine, name, text),
            None => Ok(value),
        },
        (Value::Outside(name), Value::Int(_) | Value::Float(_) | Value::Bool(_)) => {
            match number(name, &value) {
                Some(Some(made)) => Ok(made),
                Some(None) => invalid(machine, field, "a valid value of its type"),
                None if is_other(name) => Ok(machine.unknown(format!("a number as {name}"))),
                None => Ok(value),
            }
        }
        _ => Ok(value),
    }
}

/// Whether pydantic makes an object of the class of what is given as text or number.
fn is_other(class: &str) -> bool {
    const OTHER: [&str; 7] = [
        "datetime.date",
        "datetime.datetime",
        "datetime.time",
        "datetime.timedelta",
        "decimal.Decimal",
        "pydantic.SecretStr",
        "uuid.UUID",
    ];
    OTHER.contains(&class)
}

/// What a number is as a value of the class; `Some(None)` when it is none. Source: the conversion table of pydantic 2.
#[expect(clippy::option_option, reason = "not known, or known to be none")]
fn number<'a>(class: &str, it: &Value<'a>) -> Option<Option<Value<'a>>> {
    #[expect(clippy::cast_precision_loss, reason = "as Python does")]
    #[expect(clippy::cast_possible_truncation, reason = "only whole numbers of that size")]
    Some(match (class, it) {
        ("builtins.int", Value::Bool(it)) => Some(Value::Int((*it).into())),
        ("builtins.int", Value::Float(it)) => {
            let whole = it.fract() == 0.0 && it.abs() < 1e15;
            whole.then_some(Value::Int(*it as i128))
        }
        ("builtins.float", Value::Int(it)) => Some(Value::Float(*it as f64)),
        ("builtins.float", Value::Bool(it)) => Some(Value::Float((*it).into())),
        ("builtins.bool", Value::Int(it @ (0 | 1))) => Some(Value::Bool(*it == 1)),
        ("builtins.bool", Value::Int(_)) | ("builtins.str", _) => None,
        _ => return None,
    })
}

/// A date or time of day in the one form that Python and pydantic read alike; others are not known.
fn moment<'a>(machine: &mut Machine<'a>, class: &str, text: &Rc<str>) -> Eval<'a> {
    let plain = match class {
        "datetime.date" => text.len() == 10,
        "datetime.datetime" => text.len() >= 19 && text.get(10..11) == Some("T"),
        _ => false,
    };
    let name: Rc<str> = format!("{class}.fromisoformat").into();
    let made = plain
        .then(|| installed::call(machine, &name, Args::of(vec![Value::Text(Rc::clone(text))])));
    match made {
        Some(Err(Stop::Raise(_))) | None => Ok(machine.unknown(format!("a text as {class}"))),
        Some(made) => made,
    }
}

/// What a text is as a value of the class; `Some(None)` when it is none.
#[expect(clippy::option_option, reason = "not known, or known to be none")]
fn read<'a>(class: &str, text: &str) -> Option<Option<Value<'a>>> {
    Some(match class {
        "builtins.int" => text.trim().parse().ok().map(Value::Int),
        "builtins.float" => text.trim().parse().ok().map(Value::Float),
        "builtins.bool" => match text.to_lowercase().as_str() {
            "1" | "true" | "yes" | "on" | "t" | "y" => Some(Value::Bool(true)),
            "0" | "false" | "no" | "off" | "f" | "n" => Some(Value::Bool(false)),
            _ => None,
        },
        "pathlib.Path" => Some(Value::Path(path::plain(text).into())),
        _ => return None,
    })
}

fn invalid<'a>(machine: &Machine<'a>, field: &Field<'a>, wanted: &str) -> Eval<'a> {
    let (class, name) = (&field.class.name, &field.name);
    let message = format!("1 validation error for {class}\n{name}\n  Input should be {wanted}");
    machine.raise("ValidationError", message)
}

/// The entries of a mapping as arguments.
pub(in super::super) fn named<'a>(dict: &Dict<'a>) -> Args<'a> {
    let mut args = Args::none();
    for (key, it) in dict.iter() {
        if let Some(name) = key.as_text() {
            args.named.push((Rc::clone(name), it.clone()));
        }
    }
    args
}
