//! `str(…)`, `int(…)`, `list(…)` and the like: a value as one of another class.

use std::rc::Rc;

use ruff_python_ast::Operator;

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
        None => whole(machine, name, &first),
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
fn scalar<'a>(
    machine: &mut Machine<'a>,
    name: &str,
    it: &Value<'a>,
    args: &Args<'a>,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    let shown = |text: Result<String, Value<'a>>| Some(text.map_or_else(|it| it, Value::text));
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
        ("len", _) => Some(length(machine, it)?),
        ("abs", Value::Float(it)) => Some(Value::Float(it.abs())),
        ("abs", Value::Moment(it)) => it.absolute(),
        ("abs", own) => match by_method(machine, it, "__abs__")? {
            Some(it) => Some(it),
            None => own.as_int().and_then(i128::checked_abs).map(Value::Int),
        },
        ("divmod", _) => Some(divided(machine, it, args)?),
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

/// `len(it)`
fn length<'a>(machine: &mut Machine<'a>, it: &Value<'a>) -> Eval<'a> {
    if let Some(made) = by_method(machine, it, "__len__")? {
        return Ok(made);
    }
    let count = match class::own_value(it) {
        Value::Text(it) => it.chars().count(),
        Value::Class(it) if it.is_enum() => it.members().len(),
        Value::List(it) => it.borrow().len(),
        Value::Tuple(it) => it.len(),
        Value::Dict(it) | Value::Set(it) => it.borrow().len(),
        Value::Bytes(it) => it.len(),
        Value::Object(it) => match installed::items(machine, it)? {
            Some(all) => all.len(),
            None => return Ok(machine.unknown("a length")),
        },
        Value::Outside(_) => return Ok(machine.unknown("a length")),
        Value::Instance(it) if it.class.open => return Ok(machine.unknown("a length")),
        _ => {
            let message = format!("object of type '{}' has no len()", it.type_name());
            return machine.raise("TypeError", message);
        }
    };
    Ok(Value::Int(i128::try_from(count).unwrap_or(i128::MAX)))
}

/// `divmod(it, other)`
fn divided<'a>(machine: &mut Machine<'a>, it: &Value<'a>, args: &Args<'a>) -> Eval<'a> {
    let other = args.positional.get(1).cloned().unwrap_or(Value::None);
    let quotient = operator::binary(machine, Operator::FloorDiv, it, &other)?;
    let rest = operator::binary(machine, Operator::Mod, it, &other)?;
    Ok(Value::tuple(vec![quotient, rest]))
}

/// Of all items.
fn whole<'a>(machine: &mut Machine<'a>, name: &str, whole: &Value<'a>) -> Eval<'a> {
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
