//! Operators: arithmetic, joining, repeating, `|` of dictionaries and sets.

use ruff_python_ast::{Operator, UnaryOp};

use super::arithmetic::{real, repeat, sets, whole};
use super::call::Args;
use super::dict::{Kind, Shared};
use super::machine::{Eval, Machine, Stop};
use super::overloading::{counted, overloaded};
use super::value::Value;
use super::{attribute, class, format, moment, path};

/// `left op right`
pub(super) fn binary<'a>(
    machine: &mut Machine<'a>,
    op: Operator,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Eval<'a> {
    // `"%s" % unknown` and `[1] + unknown` too
    if let Some(unknown) = [left, right].into_iter().find(|it| it.as_unknown().is_some()) {
        return Ok(unknown.clone());
    }
    if matches!((left, right), (Value::Instance(_), _) | (_, Value::Instance(_)))
        && let Some(made) = overloaded(machine, op, left, right)?
    {
        return Ok(made);
    }
    let (left, right) = (class::own_value(left), class::own_value(right));
    if let (Some(a), Some(b)) = (left.as_int(), right.as_int()) {
        return whole(machine, op, a, b, matches!((left, right), (Value::Bool(_), Value::Bool(_))));
    }
    if let (Some(a), Some(b)) = (left.as_float(), right.as_float()) {
        return real(machine, op, a, b);
    }
    if let Some(text) = left.as_text() {
        match op {
            Operator::Mod => return format::percent(machine, text, right),
            Operator::Add if let Some(more) = right.as_text() => {
                machine.spend_size(text.len() + more.len())?;
                return Ok(Value::text(format!("{text}{more}")));
            }
            _ => {}
        }
    }
    if op == Operator::Mult
        && let Some(made) = times(machine, left, right)?
    {
        return Ok(made);
    }
    joined(machine, op, left, right)
}

/// `"ab" * 3`; `None` where neither side is a number of times.
fn times<'a>(
    machine: &mut Machine<'a>,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    for (side, other) in [(left, right), (right, left)] {
        if matches!(side, Value::Instance(it) if it.class.find(machine, "__index__").is_some()) {
            let count = attribute::call(machine, side, "__index__", Args::none())?;
            return binary(machine, Operator::Mult, other, &count).map(Some);
        }
    }
    match (left.as_int(), right.as_int()) {
        (_, Some(count)) => repeat(machine, left, count),
        (Some(count), _) => repeat(machine, right, count),
        _ => Ok(None),
    }
}

fn joined<'a>(
    machine: &mut Machine<'a>,
    op: Operator,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Eval<'a> {
    match (left, op, right) {
        (Value::List(a), Operator::Add, Value::List(b)) => {
            machine.spend_size(a.borrow().len() + b.borrow().len())?;
            Ok(Value::list(a.borrow().iter().chain(b.borrow().iter()).cloned().collect()))
        }
        (Value::Tuple(a), Operator::Add, Value::Tuple(b)) => {
            machine.spend_size(a.len() + b.len())?;
            Ok(Value::tuple(a.iter().chain(b.iter()).cloned().collect()))
        }
        (Value::Bytes(a), Operator::Add, Value::Bytes(b)) => {
            machine.spend_size(a.len() + b.len())?;
            Ok(Value::Bytes(a.iter().chain(b.iter()).copied().collect()))
        }
        (Value::Object(_) | Value::Moment(_), _, Value::Object(_))
        | (Value::Object(_), _, Value::Moment(_) | Value::Int(_)) => {
            Ok(super::installed::operator(machine, op, left, right))
        }
        (Value::Dict(a), Operator::BitOr, Value::Dict(b)) => merged(machine, a, b),
        (Value::Outside(name), Operator::BitOr, Value::Dict(_))
        | (Value::Dict(_), Operator::BitOr, Value::Outside(name))
            if &**name == "os.environ" =>
        {
            let [left, right] =
                [left, right].map(|it| super::installed::environment_spread(machine, it));
            binary(machine, op, &left, &right)
        }
        (Value::Dict(a), Operator::Add | Operator::Sub, Value::Dict(b))
            if matches!(a.borrow().kind, Kind::Counter) =>
        {
            counted(machine, op, a, b)
        }
        (Value::Set(a), _, Value::Set(b)) => {
            let made = sets(machine, op, &a.borrow().keys(), &b.borrow().keys())?;
            if let (Value::Set(it), true) = (&made, a.borrow().is_frozen()) {
                it.borrow_mut().kind = Kind::Frozen;
            }
            Ok(made)
        }
        // the views of dictionaries are lists here
        (Value::List(a), _, Value::Set(b)) if op != Operator::Add => {
            sets(machine, op, &a.borrow(), &b.borrow().keys())
        }
        (Value::Set(a), _, Value::List(b)) if op != Operator::Add => {
            sets(machine, op, &a.borrow().keys(), &b.borrow())
        }
        (Value::List(a), Operator::BitAnd | Operator::BitOr, Value::List(b)) => {
            sets(machine, op, &a.borrow(), &b.borrow())
        }
        (Value::Moment(_), ..) | (_, _, Value::Moment(_)) => {
            moment::binary(machine, op, left, right)
        }
        (Value::Path(a), Operator::Div, _) => path::joined(machine, a, right),
        (_, Operator::Div, Value::Path(_)) if let Some(a) = left.as_text() => {
            path::joined(machine, a, right)
        }
        // `int | None`: a type
        _ if is_open(left) || is_open(right) => {
            Ok(machine.unknown(format!("`{}` of {}", op.as_str(), left.type_name())))
        }
        _ => machine.raise("TypeError", refusal(op, left, right)),
    }
}

/// `a | b` of dictionaries.
fn merged<'a>(machine: &mut Machine<'a>, a: &Shared<'a>, b: &Shared<'a>) -> Eval<'a> {
    machine.spend_size((a.borrow().len() + b.borrow().len()) * 8)?;
    let mut out = a.borrow().clone();
    out.spread(&b.borrow());
    Ok(Value::dict(out))
}

/// What Python says of an operator that neither side has.
fn refusal(op: Operator, left: &Value<'_>, right: &Value<'_>) -> String {
    let (a, b) = (left.type_name(), right.type_name());
    match (op, left) {
        (Operator::Add, Value::Text(_) | Value::List(_) | Value::Tuple(_)) => {
            format!("can only concatenate {a} (not \"{b}\") to {a}")
        }
        (Operator::Pow, _) => {
            format!("unsupported operand type(s) for ** or pow(): '{a}' and '{b}'")
        }
        _ => format!("unsupported operand type(s) for {}: '{a}' and '{b}'", op.as_str()),
    }
}

fn is_open(it: &Value<'_>) -> bool {
    matches!(it, Value::Outside(_) | Value::Object(_) | Value::Class(_) | Value::Flow(_))
        || matches!(it, Value::Instance(it) if it.class.open)
}

/// What `bool(…)` gives; `None` when it is not known.
pub(super) fn truth<'a>(
    machine: &mut Machine<'a>,
    it: &Value<'a>,
) -> Result<Option<bool>, Stop<'a>> {
    let Value::Instance(instance) = it else { return Ok(it.truth()) };
    for name in ["__bool__", "__len__"] {
        if instance.class.find(machine, name).is_some() {
            return Ok(attribute::call(machine, it, name, Args::none())?.truth());
        }
    }
    Ok(it.truth())
}

fn of_unary(op: UnaryOp) -> &'static str {
    match op {
        UnaryOp::USub => "__neg__",
        UnaryOp::UAdd => "__pos__",
        UnaryOp::Invert => "__invert__",
        UnaryOp::Not => "",
    }
}

/// `-a`, `not a`
pub(super) fn unary<'a>(machine: &mut Machine<'a>, op: UnaryOp, it: &Value<'a>) -> Eval<'a> {
    if it.as_unknown().is_some() {
        return Ok(it.clone());
    }
    match (op, it) {
        (UnaryOp::Not, _) => Ok(match truth(machine, it)? {
            Some(truth) => Value::Bool(!truth),
            None => it.clone(),
        }),
        (_, Value::Instance(instance)) if instance.class.find(machine, of_unary(op)).is_some() => {
            attribute::call(machine, it, of_unary(op), Args::none())
        }
        (UnaryOp::USub, Value::Float(it)) => Ok(Value::Float(-it)),
        (UnaryOp::USub, Value::Moment(it)) => {
            Ok(it.negated().unwrap_or_else(|| machine.unknown("a time")))
        }
        (UnaryOp::UAdd, Value::Float(_)) => Ok(it.clone()),
        _ => match it.as_int() {
            Some(number) => Ok(match op {
                UnaryOp::USub => {
                    number.checked_neg().map_or_else(|| machine.unknown("a number"), Value::Int)
                }
                UnaryOp::Invert => Value::Int(!number),
                UnaryOp::UAdd | UnaryOp::Not => Value::Int(number),
            }),
            None if is_open(it) => {
                Ok(machine.unknown(format!("an operator of {}", it.type_name())))
            }
            None => {
                let message = format!("bad operand type for unary operator: '{}'", it.type_name());
                machine.raise("TypeError", message)
            }
        },
    }
}
