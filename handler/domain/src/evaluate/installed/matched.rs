//! What a pattern of `re` found.

use std::rc::Rc;

use super::pattern_call::wrong;
use crate::evaluate::call::Args;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::{Object, Value};

/// A group: its text, start and end; `None` for one that took no part.
type Group<'a> = Option<[Value<'a>; 3]>;

fn groups<'a>(it: &Object<'a>) -> Vec<Group<'a>> {
    let fields = it.fields.borrow();
    let Some(Value::Tuple(all)) = fields.get("groups") else { return Vec::new() };
    all.iter()
        .map(|it| match it {
            Value::Tuple(parts) => match &**parts {
                [text, start, end] => Some([text.clone(), start.clone(), end.clone()]),
                _ => None,
            },
            _ => None,
        })
        .collect()
}

/// The group of a name or number.
fn group<'a>(
    machine: &Machine<'a>,
    it: &Object<'a>,
    key: &Value<'a>,
) -> Result<Group<'a>, Stop<'a>> {
    let number = match (key.as_int(), it.fields.borrow().get("names")) {
        (Some(at), _) => Some(at),
        (None, Some(Value::Dict(names))) => names.borrow().get(key).and_then(Value::as_int),
        _ => None,
    };
    let number = number.and_then(|it| usize::try_from(it).ok());
    match number.and_then(|at| groups(it).get(at).cloned()) {
        Some(group) => Ok(group),
        None => machine.raise("IndexError", "no such group"),
    }
}

/// Methods of a match.
pub(super) fn method<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    let key = args.positional.first().cloned().unwrap_or(Value::Int(0));
    let default = args.get("default", 0).cloned().unwrap_or(Value::None);
    let text = |it: Group<'a>, or: &Value<'a>| it.map_or_else(|| or.clone(), |[text, ..]| text);
    Ok(match name {
        "group" if args.positional.len() > 1 => {
            let mut out = Vec::new();
            for key in &args.positional {
                out.push(text(group(machine, it, key)?, &Value::None));
            }
            Value::tuple(out)
        }
        "group" => text(group(machine, it, &key)?, &Value::None),
        "groups" => {
            let all = groups(it).into_iter().skip(1);
            Value::tuple(all.map(|it| text(it, &default)).collect())
        }
        "groupdict" => {
            let names = it.fields.borrow().get("names").cloned();
            let Some(Value::Dict(names)) = names else { return Ok(Value::None) };
            let mut out = Vec::new();
            for (name, at) in names.borrow().iter() {
                out.push((name.clone(), text(group(machine, it, at)?, &default)));
            }
            Value::dict(out.into_iter().collect())
        }
        "start" | "end" | "span" => {
            let missing = || [Value::None, Value::Int(-1), Value::Int(-1)];
            let [_, start, end] = group(machine, it, &key)?.unwrap_or_else(missing);
            match name {
                "start" => start,
                "end" => end,
                _ => Value::tuple(vec![start, end]),
            }
        }
        "expand" => {
            let template = key.as_text().cloned().unwrap_or_default();
            expanded(machine, &template, &Value::Object(Rc::clone(it)))?
        }
        _ => machine.unknown(format!("the result of `{name}` of a match")),
    })
}

/// `\1`, `\g<name>` and `\n` in what replaces a match.
pub(super) fn expanded<'a>(
    machine: &mut Machine<'a>,
    template: &str,
    found: &Value<'a>,
) -> Eval<'a> {
    let Value::Object(found) = found else { return Ok(found.clone()) };
    let (mut out, mut rest) = (String::new(), template);
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let named = after.strip_prefix("g<").and_then(|it| it.split_once('>'));
        let digits = after.chars().take_while(char::is_ascii_digit).take(2).count();
        let key = match named {
            Some((key, after)) => {
                rest = after;
                Some(key.parse().map_or_else(|_| Value::text(key), Value::Int))
            }
            None if digits > 0 => {
                rest = after.get(digits..).unwrap_or_default();
                after.get(..digits).and_then(|it| it.parse().ok()).map(Value::Int)
            }
            None => None,
        };
        if let Some(key) = key {
            if let Some([text, ..]) = group(machine, found, &key)? {
                out.push_str(text.as_text().map_or("", |it| it));
            }
            continue;
        }
        let Some(next) = after.chars().next() else {
            return wrong(machine, "bad escape (end of pattern)");
        };
        rest = after.get(next.len_utf8()..).unwrap_or_default();
        match next {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            '\\' => out.push('\\'),
            it if it.is_ascii_alphabetic() => return wrong(machine, "bad escape"),
            it => out.extend(['\\', it]),
        }
    }
    out.push_str(rest);
    Ok(Value::text(out))
}
