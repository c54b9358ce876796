//! `str(…)`, `int(…)`, `list(…)` and the like: a value as one of another class.

use std::rc::Rc;

use super::{by_method, number};
use crate::evaluate::call::Args;
use crate::evaluate::dict::Kind;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::Value;
use crate::evaluate::{class, format, installed, items, operator, quoting, subscript};

/// What the call gives.
pub(super) fn call<'a>(
    machine: &mut Machine<'a>,
    name: &str,
    first: Option<Value<'a>>,
    args: &Args<'a>,
) -> Eval<'a> {
    let Some(first) = first.or_else(|| args.named.first().map(|(_, it)| it.clone())) else {
        return empty(machine, name);
    };
    if let Value::Unknown(_) = first {
        return Ok(first);
    }
    match scalar(machine, name, &first, args)? {
        Some(made) => Ok(made),
        None => whole(machine, name, &first, args),
    }
}

fn empty<'a>(machine: &Machine<'a>, name: &str) -> Eval<'a> {
    Ok(match name {
        "str" => Value::text(""),
        "int" => Value::Int(0),
        "float" => Value::Float(0.0),
        "bool" => Value::Bool(false),
        "bytes" | "bytearray" => Value::Bytes(Rc::from([])),
        "list" => Value::list(Vec::new()),
        "tuple" => Value::tuple(Vec::new()),
        "set" => Value::set([]),
        "frozenset" => frozen(Vec::new()),
        "dir" | "locals" | "globals" | "vars" => machine.unknown(format!("the result of `{name}`")),
        _ => {
            let message = format!("{name}() takes at least one argument (0 given)");
            return machine.raise("TypeError", message);
        }
    })
}

fn frozen(items: Vec<Value<'_>>) -> Value<'_> {
    let made = Value::set(items);
    if let Value::Set(it) = &made {
        it.borrow_mut().kind = Kind::Frozen;
    }
    made
}

/// Of one value.
#[expect(clippy::too_many_lines, reason = "a table: one arm for each name")]
fn scalar<'a>(
    machine: &mut Machine<'a>,
    name: &str,
    it: &Value<'a>,
    args: &Args<'a>,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    let shown = |text: Result<String, Value<'a>>| Some(text.map_or_else(|it| it, Value::text));
    let count = |it: usize| Some(Value::Int(i128::try_from(it).unwrap_or(i128::MAX)));
    Ok(match (name, class::own_value(it)) {
        ("str", Value::Bytes(it)) if args.get("encoding", 1).is_some() => {
            Some(Value::text(String::from_utf8_lossy(it).into_owned()))
        }
        ("str", _) => shown(format::text(machine, it)?),
        ("repr", _) => shown(format::shown_repr(machine, it)?),
        ("ascii", _) => shown(format::shown_repr(machine, it)?.map(|it| quoting::ascii(&it))),
        ("format", _) => {
            let spec = args.text("spec", 1).unwrap_or_default();
            shown(format::formatted(machine, it, &spec)?)
        }
        ("bool", _) => Some(operator::truth(machine, it)?.map_or_else(|| it.clone(), Value::Bool)),
        ("int", _) => Some(number::int(machine, it, args)?),
        ("float", _) => Some(number::float(machine, it)?),
        ("round", _) => Some(number::round(machine, it, args)?),
        ("pow", _) => Some(number::pow(machine, it, args)?),
        ("len", own) => match (by_method(machine, it, "__len__")?, own) {
            (Some(it), _) => Some(it),
            (None, Value::Text(it)) => count(it.chars().count()),
            (None, Value::Class(own)) if own.is_enum() => count(own.members().len()),
            (None, Value::List(it)) => count(it.borrow().len()),
            (None, Value::Tuple(it)) => count(it.len()),
            (None, Value::Dict(it) | Value::Set(it)) => count(it.borrow().len()),
            (None, Value::Bytes(it)) => count(it.len()),
            (None, Value::Object(it)) => match installed::items(machine, it)? {
                Some(all) => count(all.len()),
                None => Some(machine.unknown("a length")),
            },
            (None, Value::Outside(_)) => Some(machine.unknown("a length")),
            (None, Value::Instance(own)) if own.class.open => Some(machine.unknown("a length")),
            _ => {
                let message = format!("object of type '{}' has no len()", it.type_name());
                return machine.raise("TypeError", message);
            }
        },
        ("abs", Value::Float(it)) => Some(Value::Float(it.abs())),
        ("abs", Value::Moment(it)) => it.absolute(),
        ("abs", own) => match by_method(machine, it, "__abs__")? {
            Some(it) => Some(it),
            None => own.as_int().and_then(i128::checked_abs).map(Value::Int),
        },
        ("divmod", _) => {
            use ruff_python_ast::Operator;
            let other = args.positional.get(1).cloned().unwrap_or(Value::None);
            let quotient = operator::binary(machine, Operator::FloorDiv, it, &other)?;
            let rest = operator::binary(machine, Operator::Mod, it, &other)?;
            Some(Value::tuple(vec![quotient, rest]))
        }
        ("chr", Value::Int(code)) => {
            u32::try_from(*code).ok().and_then(char::from_u32).map(|it| Value::text(it.to_string()))
        }
        ("ord", Value::Text(it)) => it.chars().next().map(|it| Value::Int(u32::from(it).into())),
        ("hex" | "oct" | "bin", own) => {
            own.as_int().map(|it| Value::text(number::in_base(name, it)))
        }
        ("slice", _) => Some(super::object(machine, "builtins.slice", args.clone())),
        ("complex" | "memoryview" | "aiter" | "anext", _) => {
            Some(machine.unknown(format!("the result of `{name}`")))
        }
        ("bytes" | "bytearray", Value::Text(_)) => {
            let given = Args::of(args.positional.iter().skip(1).cloned().collect());
            Some(crate::evaluate::methods::call(machine, it, &"encode".into(), given)?)
        }
        ("bytes" | "bytearray", Value::Int(it)) => {
            let count = usize::try_from(*it).unwrap_or(usize::MAX);
            machine.spend_size(count)?;
            Some(Value::Bytes(vec![0; count].into()))
        }
        _ => None,
    })
}

/// Of all items.
fn whole<'a>(machine: &mut Machine<'a>, name: &str, whole: &Value<'a>, _: &Args<'a>) -> Eval<'a> {
    if !matches!(name, "list" | "tuple" | "set" | "frozenset" | "bytes" | "bytearray") {
        return Ok(machine.unknown(format!("the result of `{name}`")));
    }
    let Some(all) = items::of(machine, whole)? else {
        return Ok(machine.unknown(format!("the items of a {}", whole.type_name())));
    };
    Ok(match name {
        "list" => Value::list(all),
        "tuple" => Value::tuple(all),
        "set" | "frozenset" => {
            for it in &all {
                subscript::hashable(machine, it)?;
            }
            if name == "set" { Value::set(all) } else { frozen(all) }
        }
        _ => Value::Bytes(all.iter().filter_map(|it| u8::try_from(it.as_int()?).ok()).collect()),
    })
}
