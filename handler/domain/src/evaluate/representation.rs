//! What `repr` shows.

use std::rc::Rc;

use super::format::Text;
use super::machine::{Machine, Stop};
use super::quoting::{bytes, quoted};
use super::representation_instance::of_instance;
use super::value::Value;
use super::{exception, foreign, installed, number_format};

/// Longest text that a message shows of a value.
const MAX_SHOWN: usize = 10_000;

/// What `repr(value)` gives; what only running it would tell of it is not known.
pub(super) fn shown_repr<'a>(machine: &mut Machine<'a>, value: &Value<'a>) -> Text<'a> {
    let mut out = String::new();
    Ok(if let Some(unknown) = write(machine, value, &mut Vec::new(), &mut out)? {
        Err(unknown)
    } else {
        machine.spend_size(out.len())?;
        Ok(out)
    })
}

/// The value that is not known, if there is one.
pub(super) type Written<'a> = Result<Option<Value<'a>>, Stop<'a>>;

pub(super) fn write<'a>(
    machine: &mut Machine<'a>,
    value: &Value<'a>,
    outer: &mut Vec<usize>,
    out: &mut String,
) -> Written<'a> {
    let (address, empty) = match value {
        Value::List(it) => (Rc::as_ptr(it).addr(), "[...]"),
        Value::Dict(it) | Value::Set(it) => (Rc::as_ptr(it).addr(), "{...}"),
        _ => (0, ""),
    };
    if address != 0 && outer.contains(&address) {
        out.push_str(empty);
        return Ok(None);
    }
    outer.push(address);
    let found = machine.nested(|machine| one(machine, value, outer, out));
    outer.pop();
    machine.spend_size(out.len().min(1))?;
    found
}

fn one<'a>(
    machine: &mut Machine<'a>,
    value: &Value<'a>,
    outer: &mut Vec<usize>,
    out: &mut String,
) -> Written<'a> {
    match value {
        Value::Unknown(_) => return Ok(Some(value.clone())),
        Value::List(it) => return several(machine, &it.borrow().clone(), ["[", "]"], outer, out),
        Value::Tuple(it) => {
            let end = if it.len() == 1 { ",)" } else { ")" };
            return several(machine, it, ["(", end], outer, out);
        }
        Value::Set(it) => {
            let (keys, frozen) = (it.borrow().keys(), it.borrow().is_frozen());
            let marks = match (keys.is_empty(), frozen) {
                (true, true) => ["frozenset(", ")"],
                (true, false) => ["set(", ")"],
                (false, true) => ["frozenset({", "})"],
                (false, false) => ["{", "}"],
            };
            return several(machine, &keys, marks, outer, out);
        }
        Value::Dict(it) => {
            let it = it.borrow().clone();
            return mapping(machine, &it, outer, out);
        }
        Value::Instance(it) => return of_instance(machine, it, outer, out),
        Value::Object(it) => match installed::repr(it) {
            Some(text) => out.push_str(&text),
            None if exception::is_exception(value) => {
                out.push_str(&value.type_name());
                return several(machine, &it.positional, ["(", ")"], outer, out);
            }
            None => {
                return Ok(Some(machine.unknown(format!("the text of a {}", value.type_name()))));
            }
        },
        Value::Function(_) | Value::Method(_) | Value::Native(_) | Value::Iterator(_) => {
            return Ok(Some(machine.unknown(format!("the text of a {}", value.type_name()))));
        }
        Value::Outside(name) if !foreign::is_shown_so(name) => {
            return Ok(Some(machine.unknown(format!("the text of {name}"))));
        }
        other => out.push_str(&repr(other)),
    }
    Ok(None)
}

pub(super) fn several<'a>(
    machine: &mut Machine<'a>,
    all: &[Value<'a>],
    [start, end]: [&str; 2],
    outer: &mut Vec<usize>,
    out: &mut String,
) -> Written<'a> {
    out.push_str(start);
    for (at, it) in all.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        if let Some(unknown) = write(machine, it, outer, out)? {
            return Ok(Some(unknown));
        }
    }
    out.push_str(end);
    Ok(None)
}

fn mapping<'a>(
    machine: &mut Machine<'a>,
    it: &super::dict::Dict<'a>,
    outer: &mut Vec<usize>,
    out: &mut String,
) -> Written<'a> {
    let (start, end) = installed::around(it);
    out.push_str(&start);
    let ordered = installed::in_shown_order(it);
    for (at, (key, value)) in ordered.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        for (part, after) in [(key, ": "), (value, "")] {
            if let Some(unknown) = write(machine, part, outer, out)? {
                return Ok(Some(unknown));
            }
            out.push_str(after);
        }
    }
    out.push_str(&end);
    Ok(None)
}

/// The text that Python shows for a value, as far as it fits in a message.
pub(super) fn repr(value: &Value<'_>) -> String {
    let mut out = String::new();
    within(value, 0, &mut out);
    out
}

fn within(value: &Value<'_>, depth: usize, out: &mut String) {
    if depth > 50 || out.len() > MAX_SHOWN {
        return out.push_str("...");
    }
    let list = |all: &[Value<'_>], marks: [&str; 2], out: &mut String| {
        out.push_str(marks[0]);
        for (at, it) in all.iter().enumerate() {
            if at > 0 {
                out.push_str(", ");
            }
            if out.len() > MAX_SHOWN {
                break;
            }
            within(it, depth + 1, out);
        }
        out.push_str(marks[1]);
    };
    match value {
        Value::List(it) => list(&it.borrow(), ["[", "]"], out),
        Value::Tuple(it) => list(it, ["(", if it.len() == 1 { ",)" } else { ")" }], out),
        Value::Set(it) if it.borrow().is_empty() => out.push_str("set()"),
        Value::Set(it) => list(&it.borrow().keys(), ["{", "}"], out),
        Value::Dict(it) => {
            let it = it.borrow();
            let pairs = it.iter().map(|(key, it)| [key.clone(), it.clone()]);
            out.push('{');
            for (at, [key, it]) in pairs.enumerate() {
                if out.len() > MAX_SHOWN {
                    break;
                }
                out.push_str(if at > 0 { ", " } else { "" });
                within(&key, depth + 1, out);
                out.push_str(": ");
                within(&it, depth + 1, out);
            }
            out.push('}');
        }
        other => out.push_str(&plain(other)),
    }
}

fn plain(value: &Value<'_>) -> String {
    match value {
        Value::None => "None".to_owned(),
        Value::Ellipsis => "Ellipsis".to_owned(),
        Value::Bool(it) => if *it { "True" } else { "False" }.to_owned(),
        Value::Int(it) => it.to_string(),
        Value::Float(it) => number_format::real(*it),
        Value::Text(it) => quoted(it),
        Value::Bytes(it) => bytes(it),
        Value::Moment(it) => it.repr(),
        Value::Path(it) => format!("PosixPath({})", quoted(it)),
        Value::Class(it) if it.is_enum() => format!("<enum '{}'>", it.name),
        Value::Class(it) => format!("<class '__main__.{}'>", it.qualified),
        Value::Outside(it) if &**it == "builtins.NotImplemented" => "NotImplemented".to_owned(),
        Value::Outside(it) => format!("<class '{}'>", it.trim_start_matches("builtins.")),
        Value::Object(it) => {
            installed::repr(it).unwrap_or_else(|| format!("<{}>", value.type_name()))
        }
        other => format!("<{}>", other.type_name()),
    }
}
