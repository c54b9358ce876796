//! Attributes and methods of values that are not of the bundle: texts, lists, dictionaries, times, paths.

mod bytes;
mod container;
mod dump;
mod folder_name;
mod list;
mod mapping;
mod model;
mod number;
mod set;
mod text;
mod text_case;
mod text_format;
mod text_parts;

use std::rc::Rc;

use ruff_python_ast::{Expr, Stmt};

pub(super) use self::container::count;
pub(super) use self::text_format::fields;

use super::attribute::native;
use super::call::Args;
use super::dict::Kind;
use super::machine::{Eval, Machine, Stop};
use super::value::Value;
use super::{compare, format, installed, items, moment, operator, path, subscript};
use crate::evaluate::membership;

/// Whether `owner` has `name`.
pub(super) fn has(owner: &Value<'_>, name: &str) -> bool {
    match owner {
        Value::Text(_) => text::NAMES.contains(&name) || SPECIAL.contains(&name),
        Value::Bytes(_) => bytes::NAMES.contains(&name),
        Value::List(_) => list::NAMES.contains(&name) || SPECIAL.contains(&name),
        Value::Tuple(_) => matches!(name, "count" | "index") || SPECIAL.contains(&name),
        Value::Dict(it) => {
            mapping::NAMES.contains(&name)
                || SPECIAL.contains(&name)
                || container::has(&it.borrow(), name)
        }
        Value::Set(_) => set::NAMES.contains(&name),
        Value::Iterator(_) => matches!(name, "send" | "close" | "throw" | "__next__" | "__iter__"),
        Value::Int(_) | Value::Float(_) | Value::Bool(_) => NUMBER.contains(&name),
        Value::Moment(it) => moment::has(it, name),
        Value::Path(_) => path::has(name),
        _ => false,
    }
}

/// Whether Python's own class `class` has `name`, if its names are known.
pub(super) fn class_has(class: &str, name: &str) -> Option<bool> {
    let names: &[&str] = match class {
        "str" if name == "maketrans" => return Some(true),
        "str" => &text::NAMES,
        "list" => &list::NAMES,
        "dict" => &mapping::NAMES,
        "set" => &set::NAMES,
        "tuple" => &["count", "index"],
        "int" | "float" => &NUMBER,
        _ => return None,
    };
    Some(name.starts_with("__") || names.contains(&name))
}

const NUMBER: [&str; 12] = [
    "as_integer_ratio",
    "bit_count",
    "bit_length",
    "conjugate",
    "denominator",
    "from_bytes",
    "hex",
    "imag",
    "is_integer",
    "numerator",
    "real",
    "to_bytes",
];

/// Methods that operators and Python's own functions stand for.
const SPECIAL: [&str; 10] = [
    "__add__",
    "__contains__",
    "__eq__",
    "__getitem__",
    "__iter__",
    "__len__",
    "__repr__",
    "__setitem__",
    "__delitem__",
    "__str__",
];

/// The attribute `name`, which `owner` has: a value, or a method.
#[expect(clippy::unnecessary_wraps, reason = "as the others of its table")]
pub(super) fn attribute<'a>(machine: &mut Machine<'a>, owner: &Value<'a>, name: &str) -> Eval<'a> {
    match owner {
        Value::Moment(it) => Ok(moment::attribute(it, name).unwrap_or_else(|| native(owner, name))),
        Value::Path(it) => {
            Ok(path::attribute(machine, it, name).unwrap_or_else(|| native(owner, name)))
        }
        Value::Int(_) | Value::Float(_) if matches!(name, "real" | "numerator") => {
            Ok(owner.clone())
        }
        Value::Int(_) if matches!(name, "imag" | "denominator") => {
            Ok(Value::Int(i128::from(name == "denominator")))
        }
        Value::Dict(it) if name == "default_factory" => Ok(match &it.borrow().kind {
            Kind::Default(it) => it.clone(),
            _ => Value::None,
        }),
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
    if SPECIAL.contains(&&**name)
        && let Some(made) = special(machine, owner, name, &args)?
    {
        return Ok(made);
    }
    match owner {
        Value::Text(it) => text::call(machine, it, name, args),
        Value::Bytes(it) => bytes::call(machine, it, name, &args),
        Value::List(it) => {
            let made = list::call(machine, it, name, args)?;
            if !machine.bounded.is_empty() {
                installed::bound(machine, owner, name.ends_with("left"));
            }
            Ok(made)
        }
        Value::Tuple(it) => list::of_tuple(machine, it, name, &args),
        Value::Dict(it) => mapping::call(machine, it, name, args),
        Value::Set(it) => set::call(machine, it, name, args),
        Value::Object(it) => installed::method(machine, it, name, args),
        Value::Function(it) => Ok(installed::function_method(machine, it, name)),
        Value::Descriptor(..) => Ok(installed::property_part(owner, name, &args)),
        Value::Int(_) | Value::Float(_) | Value::Bool(_) => {
            number::call(machine, owner, name, &args)
        }
        Value::Iterator(_) if &**name == "__next__" => {
            installed::next(machine, &args.after(owner.clone()))
        }
        Value::Iterator(_) if &**name == "close" => Ok(Value::None),
        Value::Moment(it) => moment::call(machine, it, name, args),
        Value::Path(it) => path::call(machine, it, name, args),
        Value::Instance(it) => model::call(machine, it, name, args),
        Value::Class(it) => model::of_class(machine, it, name, args),
        Value::Flow(it) => super::prefect::flow_method(machine, it, name, args),
        _ => Ok(machine.unknown(format!("the result of `{name}`"))),
    }
}

/// `__len__`, `__getitem__` and the like of a value of Python's own.
fn special<'a>(
    machine: &mut Machine<'a>,
    owner: &Value<'a>,
    name: &str,
    args: &Args<'a>,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    let truth = |it: Option<bool>, machine: &Machine<'a>| {
        it.map_or_else(|| machine.unknown("a comparison"), Value::Bool)
    };
    let first = args.positional.first().cloned().unwrap_or(Value::None);
    Ok(Some(match name {
        "__len__" => {
            installed::call(machine, &"builtins.len".into(), Args::of(vec![owner.clone()]))?
        }
        "__contains__" => {
            let known = membership::contains(machine, owner, &first)?;
            truth(known, machine)
        }
        "__eq__" => {
            let known = compare::equal(machine, owner, &first)?;
            truth(known, machine)
        }
        "__getitem__" => subscript::get(machine, owner, &subscript::Key::One(first))?,
        "__setitem__" => {
            let value = args.positional.get(1).cloned().unwrap_or(Value::None);
            subscript::set(machine, owner, subscript::Key::One(first), value)?;
            Value::None
        }
        "__delitem__" => {
            subscript::delete(machine, owner, &subscript::Key::One(first))?;
            Value::None
        }
        "__add__" => operator::binary(machine, ruff_python_ast::Operator::Add, owner, &first)?,
        "__iter__" => match items::of(machine, owner)? {
            Some(all) => Value::iterator(all),
            None => return Ok(None),
        },
        "__repr__" | "__str__" => {
            let text = if name == "__str__" {
                format::text(machine, owner)?
            } else {
                format::shown_repr(machine, owner)?
            };
            text.map_or_else(|it| it, Value::text)
        }
        _ => return Ok(None),
    }))
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
