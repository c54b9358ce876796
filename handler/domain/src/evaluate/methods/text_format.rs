//! `str.format`

use crate::evaluate::call::Args;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::Value;
use crate::evaluate::{attribute, exception, format, subscript};

/// `"{}-{name:>3}".format(…)`
pub(super) fn call<'a>(machine: &mut Machine<'a>, it: &str, args: &Args<'a>) -> Eval<'a> {
    let (mut out, mut rest, mut next) = (String::new(), it, 0);
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(rest.get(..at).unwrap_or_default());
        let (bracket, after) = rest.split_at(at).1.split_at(1);
        if let Some(after) = after.strip_prefix(bracket) {
            out.push_str(bracket);
            rest = after;
            continue;
        }
        if bracket == "}" {
            return machine.raise("ValueError", "Single '}' encountered in format string");
        }
        let Some((field, after)) = field_of(after) else {
            return machine.raise("ValueError", "expected '}' before end of string");
        };
        rest = after;
        let (field, spec) = field.split_once(':').unwrap_or((field, ""));
        let (field, conversion) = field.split_once('!').unwrap_or((field, ""));
        let value = field_value(machine, field, &mut next, args)?;
        let spec = match inner(machine, spec, &mut next, args)? {
            Ok(text) => text,
            Err(unknown) => return Ok(unknown),
        };
        let shown = match conversion {
            "r" | "a" => format::shown_repr(machine, &value)?,
            "s" => format::text(machine, &value)?,
            _ => format::formatted(machine, &value, &spec)?,
        };
        let shown = match shown {
            Ok(text) if !conversion.is_empty() => {
                format::formatted(machine, &Value::text(text), &spec)?
            }
            other => other,
        };
        match shown {
            Ok(text) => out.push_str(&text),
            Err(unknown) => return Ok(unknown),
        }
    }
    out.push_str(rest);
    machine.spend_size(out.len())?;
    Ok(Value::text(out))
}

/// What `string.Formatter().parse(text)` gives: the text before a field, its name, its specification and its conversion.
pub(in crate::evaluate) fn fields<'a>(text: &str) -> Vec<Value<'a>> {
    let (mut out, mut before, mut rest) = (Vec::new(), String::new(), text);
    let plain = |before: &mut String, field: [Value<'a>; 3]| {
        let [name, spec, conversion] = field;
        Value::tuple(vec![Value::text(std::mem::take(before)), name, spec, conversion])
    };
    while let Some(at) = rest.find(['{', '}']) {
        before.push_str(rest.get(..at).unwrap_or_default());
        let (bracket, after) = rest.split_at(at).1.split_at(1);
        if let Some(after) = after.strip_prefix(bracket) {
            before.push_str(bracket);
            out.push(plain(&mut before, [Value::None, Value::None, Value::None]));
            rest = after;
            continue;
        }
        let Some((field, after)) = field_of(after) else { break };
        rest = after;
        let (field, spec) = field.split_once(':').unwrap_or((field, ""));
        let (field, conversion) = field.split_once('!').unwrap_or((field, ""));
        let conversion = if conversion.is_empty() { Value::None } else { Value::text(conversion) };
        out.push(plain(&mut before, [Value::text(field), Value::text(spec), conversion]));
    }
    before.push_str(rest);
    if !before.is_empty() {
        out.push(plain(&mut before, [Value::None, Value::None, Value::None]));
    }
    out
}

/// What stands in the brackets, brackets in it included, and what follows.
fn field_of(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0;
    for (at, it) in text.char_indices() {
        match it {
            '{' => depth += 1,
            '}' if depth == 0 => return Some((text.get(..at)?, text.get(at + 1..)?)),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// A format with the fields that stand in it.
fn inner<'a>(
    machine: &mut Machine<'a>,
    spec: &str,
    next: &mut usize,
    args: &Args<'a>,
) -> format::Text<'a> {
    let (mut out, mut rest) = (String::new(), spec);
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (field, after) = after.split_once('}').unwrap_or((after, ""));
        rest = after;
        let value = field_value(machine, field, next, args)?;
        match format::text(machine, &value)? {
            Ok(text) => out.push_str(&text),
            unknown => return Ok(unknown),
        }
    }
    out.push_str(rest);
    Ok(Ok(out))
}

/// The value of `0`, `name`, `name.attribute` or `name[key]`.
fn field_value<'a>(
    machine: &mut Machine<'a>,
    field: &str,
    next: &mut usize,
    args: &Args<'a>,
) -> Eval<'a> {
    let end = field.find(['.', '[']).unwrap_or(field.len());
    let (name, path) = field.split_at(end);
    let found = if name.is_empty() {
        *next += 1;
        args.positional.get(*next - 1)
    } else if let Ok(at) = name.parse::<usize>() {
        args.positional.get(at)
    } else {
        args.named(name)
    };
    let Some(mut value) = found.or(args.open.as_ref()).cloned() else {
        let is_place = name.is_empty() || name.parse::<usize>().is_ok();
        return if is_place {
            machine.raise("IndexError", "Replacement index out of range for positional args tuple")
        } else {
            exception::no_key(machine, &Value::text(name))
        };
    };
    let mut path = path;
    while !path.is_empty() {
        if let Some((key, after)) = path.strip_prefix('[').and_then(|it| it.split_once(']')) {
            let key = key.parse().map_or_else(|_| Value::text(key), Value::Int);
            value = subscript::get(machine, &value, &subscript::Key::One(key))?;
            path = after;
        } else {
            let rest = path.trim_start_matches('.');
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            value = attribute::get(machine, &value, name)?;
            path = after;
        }
    }
    Ok(value)
}
