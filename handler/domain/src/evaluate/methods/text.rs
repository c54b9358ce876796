//! Methods of `str`.

use std::rc::Rc;

use crate::evaluate::call::Args;
use crate::evaluate::machine::{Eval, MAX_TEXT, Machine};
use crate::evaluate::value::Value;
use crate::evaluate::{format, items};

pub(super) const NAMES: [&str; 44] = [
    "capitalize",
    "casefold",
    "center",
    "count",
    "encode",
    "endswith",
    "expandtabs",
    "find",
    "format",
    "format_map",
    "index",
    "isalnum",
    "isalpha",
    "isascii",
    "isdecimal",
    "isdigit",
    "isidentifier",
    "islower",
    "isnumeric",
    "isspace",
    "istitle",
    "isupper",
    "join",
    "ljust",
    "lower",
    "lstrip",
    "partition",
    "removeprefix",
    "removesuffix",
    "replace",
    "rfind",
    "rindex",
    "rjust",
    "rpartition",
    "rsplit",
    "rstrip",
    "split",
    "splitlines",
    "startswith",
    "strip",
    "swapcase",
    "title",
    "upper",
    "zfill",
];

/// What `text.name(…)` gives.
pub(super) fn call<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<str>,
    name: &str,
    args: Args<'a>,
) -> Eval<'a> {
    if name == "format" {
        return format_method(machine, it, &args);
    }
    if name == "join" {
        return join(machine, it, &args);
    }
    if let Some(unknown) = args.unknown() {
        return Ok(unknown.clone());
    }
    machine.spend_size(it.len())?;
    if let Some(made) = changed(it, name, &args).or_else(|| asked(it, name)) {
        if let Value::Text(text) = &made {
            machine.spend_size(text.len())?;
        }
        return Ok(made);
    }
    searched(machine, it, name, &args)
}

/// Methods that give another text, or a list of texts.
fn changed<'a>(it: &Rc<str>, name: &str, args: &Args<'a>) -> Option<Value<'a>> {
    let text = |at: usize| args.positional.get(at).and_then(Value::as_text).map(|it| &**it);
    let chars = text(0);
    let stripped = |it: char| chars.map_or(it.is_whitespace(), |all| all.contains(it));
    Some(Value::text(match name {
        "lower" | "casefold" => it.to_lowercase(),
        "upper" => it.to_uppercase(),
        "title" => title(it),
        "capitalize" => capitalized(it),
        "swapcase" => it
            .chars()
            .map(|it| {
                if it.is_uppercase() {
                    it.to_lowercase().to_string()
                } else {
                    it.to_uppercase().to_string()
                }
            })
            .collect(),
        "strip" => it.trim_matches(stripped).to_owned(),
        "lstrip" => it.trim_start_matches(stripped).to_owned(),
        "rstrip" => it.trim_end_matches(stripped).to_owned(),
        "replace" => {
            let (from, to) = (text(0)?, text(1)?);
            let count = args
                .get("count", 2)
                .and_then(Value::as_int)
                .and_then(|it| usize::try_from(it).ok());
            if it.len().saturating_mul(to.len().max(1)) > 16 * MAX_TEXT {
                return None;
            }
            count.map_or_else(|| it.replace(from, to), |count| it.replacen(from, to, count))
        }
        "removeprefix" => it.strip_prefix(text(0)?).unwrap_or(it).to_owned(),
        "removesuffix" => it.strip_suffix(text(0)?).unwrap_or(it).to_owned(),
        "zfill" => {
            let width = width(args)?;
            let (sign, digits) = it
                .strip_prefix(['-', '+'])
                .map_or(("", &**it), |rest| (it.get(..1).unwrap_or_default(), rest));
            format!("{sign}{}{digits}", "0".repeat(width.saturating_sub(it.chars().count())))
        }
        "ljust" | "rjust" | "center" => {
            let missing = width(args)?.saturating_sub(it.chars().count());
            let fill = text(1).unwrap_or(" ");
            let before = match name {
                "ljust" => 0,
                "rjust" => missing,
                // as CPython rounds
                _ => missing / 2 + (missing & width(args)? & 1),
            };
            format!("{}{it}{}", fill.repeat(before), fill.repeat(missing - before))
        }
        "expandtabs" => it.replace('\t', "        "),
        _ => return split(it, name, args),
    }))
}

fn width(args: &Args<'_>) -> Option<usize> {
    let width = usize::try_from(args.get("width", 0)?.as_int()?.max(0)).ok()?;
    (width <= MAX_TEXT).then_some(width)
}

fn title(it: &str) -> String {
    let mut inside = false;
    it.chars()
        .flat_map(|it| {
            let shown: Vec<char> =
                if inside { it.to_lowercase().collect() } else { it.to_uppercase().collect() };
            inside = it.is_alphabetic();
            shown
        })
        .collect()
}

fn capitalized(it: &str) -> String {
    let mut chars = it.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    first + &chars.as_str().to_lowercase()
}

/// `split`, `rsplit`, `splitlines`, `partition`, `rpartition`
fn split<'a>(it: &Rc<str>, name: &str, args: &Args<'a>) -> Option<Value<'a>> {
    let texts = |all: Vec<&str>| Value::list(all.into_iter().map(Value::text).collect());
    let separator = args.get("sep", 0).filter(|it| !it.is_none()).map(|it| it.as_text().cloned());
    let limit =
        args.get("maxsplit", 1).and_then(Value::as_int).and_then(|it| usize::try_from(it).ok());
    match (name, separator) {
        ("splitlines", _) => Some(texts(it.lines().collect())),
        ("partition" | "rpartition", Some(Some(by))) => {
            let found =
                if name == "partition" { it.split_once(&*by) } else { it.rsplit_once(&*by) };
            let parts = match found {
                Some((before, after)) => [before, &*by, after],
                None if name == "partition" => [&**it, "", ""],
                None => ["", "", &**it],
            };
            Some(Value::tuple(parts.into_iter().map(Value::text).collect()))
        }
        ("split", Some(Some(by))) if !by.is_empty() => Some(texts(match limit {
            Some(limit) => it.splitn(limit + 1, &*by).collect(),
            None => it.split(&*by).collect(),
        })),
        ("rsplit", Some(Some(by))) if !by.is_empty() => {
            let mut all: Vec<&str> = match limit {
                Some(limit) => it.rsplitn(limit + 1, &*by).collect(),
                None => it.rsplit(&*by).collect(),
            };
            all.reverse();
            Some(texts(all))
        }
        ("split", None) => Some(texts(blank_split(it, limit))),
        ("rsplit", None) if limit.is_none() => Some(texts(it.split_whitespace().collect())),
        _ => None,
    }
}

fn blank_split(it: &str, limit: Option<usize>) -> Vec<&str> {
    let Some(limit) = limit else { return it.split_whitespace().collect() };
    let (mut out, mut rest) = (Vec::new(), it.trim_start());
    while out.len() < limit && !rest.is_empty() {
        let (word, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        out.push(word);
        rest = after.trim_start();
    }
    if !rest.is_empty() {
        out.push(rest.trim_end());
    }
    out
}

/// Methods that ask something about the whole text.
fn asked<'a>(it: &str, name: &str) -> Option<Value<'a>> {
    let all = |fits: fn(char) -> bool| !it.is_empty() && it.chars().all(fits);
    let cased = |fits: fn(char) -> bool, other: fn(char) -> bool| {
        it.chars().any(fits) && !it.chars().any(other)
    };
    Some(Value::Bool(match name {
        "isalnum" => all(char::is_alphanumeric),
        "isalpha" => all(char::is_alphabetic),
        "isascii" => it.is_ascii(),
        "isdigit" | "isdecimal" | "isnumeric" => all(char::is_numeric),
        "isspace" => all(char::is_whitespace),
        "islower" => cased(char::is_lowercase, char::is_uppercase),
        "isupper" => cased(char::is_uppercase, char::is_lowercase),
        "istitle" => !it.is_empty() && title(it) == it,
        "isidentifier" => {
            it.starts_with(|it: char| it.is_alphabetic() || it == '_')
                && it.chars().all(|it| it.is_alphanumeric() || it == '_')
        }
        "encode" => return Some(Value::Bytes(it.as_bytes().into())),
        _ => return None,
    }))
}

/// Methods that look for another text in it.
fn searched<'a>(machine: &mut Machine<'a>, it: &Rc<str>, name: &str, args: &Args<'a>) -> Eval<'a> {
    let wanted: Vec<&str> = match args.positional.first() {
        Some(Value::Tuple(all)) => all.iter().filter_map(Value::as_text).map(|it| &**it).collect(),
        Some(other) => other.as_text().map(|it| &**it).into_iter().collect(),
        None => Vec::new(),
    };
    let Some(first) = wanted.first() else {
        return machine.raise("TypeError", format!("str.{name}() got a wrong argument"));
    };
    let chars: Vec<char> = it.chars().collect();
    let length = i128::try_from(chars.len()).unwrap_or(i128::MAX);
    let place = |at: usize, default: i128| {
        let it = args.positional.get(at).and_then(Value::as_int).unwrap_or(default);
        usize::try_from(if it < 0 { it + length } else { it.min(length) }).unwrap_or(0)
    };
    let (start, end) = (place(1, 0), place(2, length));
    let part: String = chars.get(start..end.max(start)).unwrap_or_default().iter().collect();
    let index = |byte: usize| {
        let before = part.get(..byte).unwrap_or_default().chars().count();
        i128::try_from(start + before).unwrap_or(i128::MAX)
    };
    Ok(match name {
        "startswith" => Value::Bool(wanted.iter().any(|it| part.starts_with(it))),
        "endswith" => Value::Bool(wanted.iter().any(|it| part.ends_with(it))),
        "count" => Value::Int(i128::try_from(part.matches(first).count()).unwrap_or(i128::MAX)),
        "find" => Value::Int(part.find(first).map_or(-1, index)),
        "rfind" => Value::Int(part.rfind(first).map_or(-1, index)),
        "index" | "rindex" => {
            match if name == "index" { part.find(first) } else { part.rfind(first) } {
                Some(byte) => Value::Int(index(byte)),
                None => return machine.raise("ValueError", "substring not found"),
            }
        }
        _ => machine.unknown(format!("the result of `str.{name}`")),
    })
}

fn join<'a>(machine: &mut Machine<'a>, by: &str, args: &Args<'a>) -> Eval<'a> {
    let Some(given) = args.positional.first() else {
        return machine.raise("TypeError", "join() takes exactly one argument");
    };
    let Some(all) = items::of(machine, given)? else {
        return Ok(match given.as_unknown() {
            Some(_) => given.clone(),
            None => machine.unknown(format!("the items of a {}", given.type_name())),
        });
    };
    let mut parts = Vec::new();
    for it in &all {
        match it.as_text() {
            Some(text) => parts.push(Rc::clone(text)),
            None if it.as_unknown().is_some() => return Ok(it.clone()),
            None => return machine.raise("TypeError", "sequence item: expected str instance"),
        }
    }
    let parts: Vec<&str> = parts.iter().map(|it| &**it).collect();
    let text = parts.join(by);
    machine.spend_size(text.len())?;
    Ok(Value::text(text))
}

/// `"{}-{name:>3}".format(…)`
fn format_method<'a>(machine: &mut Machine<'a>, it: &str, args: &Args<'a>) -> Eval<'a> {
    let (mut out, mut rest, mut next) = (String::new(), it, 0);
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(rest.get(..at).unwrap_or_default());
        let (bracket, after) = rest.split_at(at).1.split_at(1);
        if let Some(after) = after.strip_prefix(bracket) {
            out.push_str(bracket);
            rest = after;
            continue;
        }
        let Some((field, after)) = after.split_once('}').filter(|_| bracket == "{") else {
            return machine.raise("ValueError", "Single '}' encountered in format string");
        };
        rest = after;
        let (field, spec) = field.split_once(':').unwrap_or((field, ""));
        let (field, conversion) = field.split_once('!').unwrap_or((field, ""));
        let value = field_value(machine, field, &mut next, args)?;
        let shown = match conversion {
            "r" | "a" => format::shown_repr(machine, &value)?,
            "s" => format::text(machine, &value)?,
            _ => format::formatted(machine, &value, spec)?,
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
        return machine.raise("KeyError", format!("'{name}'"));
    };
    let mut path = path;
    while !path.is_empty() {
        if let Some((key, after)) = path.strip_prefix('[').and_then(|it| it.split_once(']')) {
            let key = key.parse().map_or_else(|_| Value::text(key), Value::Int);
            value = crate::evaluate::subscript::get(
                machine,
                &value,
                &super::super::subscript::Key::One(key),
            )?;
            path = after;
        } else {
            let rest = path.trim_start_matches('.');
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            value = crate::evaluate::attribute::get(machine, &value, name)?;
            path = after;
        }
    }
    Ok(value)
}
