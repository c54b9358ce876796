//! `urllib.parse`: addresses and their parts.

use std::fmt::Write as _;

use super::Made;
use crate::evaluate::call::Args;
use crate::evaluate::dict::Dict;
use crate::evaluate::machine::{Machine, Stop};
use crate::evaluate::value::{Object, Value};
use crate::evaluate::{files, format, items};

/// Characters that `quote` leaves as they are, beside letters and digits.
const SAFE: &str = "_.-~";

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let Some(name) = dotted.strip_prefix("urllib.parse.") else { return Ok(None) };
    if let Some(unknown) = args.unknown() {
        return Ok(Some(unknown.clone()));
    }
    if name == "urlencode" {
        return encoded(machine, args).map(Some);
    }
    let Some(text) = args.positional.first().and_then(Value::as_text).cloned() else {
        return Ok(None);
    };
    machine.spend_size(text.len() * 3)?;
    Ok(Some(match name {
        "quote" => Value::text(quoted(&text, &args.text("safe", 1).unwrap_or_else(|| "/".into()))),
        "quote_plus" => {
            let safe = args.text("safe", 1).unwrap_or_default();
            Value::text(plussed(&text, &safe))
        }
        "unquote" => Value::text(unquoted(&text)),
        "unquote_plus" => Value::text(unquoted(&text.replace('+', " "))),
        "urljoin" => match args.text("url", 1).and_then(|more| joined(&text, &more)) {
            Some(it) => Value::text(it),
            None => machine.unknown("an address that is joined"),
        },
        "urlparse" | "urlsplit" => parsed(machine, &text),
        _ => return Ok(None),
    }))
}

fn quoted(text: &str, safe: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        if it.is_ascii_alphanumeric() || SAFE.contains(it) || it.is_ascii() && safe.contains(it) {
            out.push(it);
        } else {
            let mut bytes = [0; 4];
            for byte in it.encode_utf8(&mut bytes).bytes() {
                let _infallible = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

fn plussed(text: &str, safe: &str) -> String {
    quoted(text, &format!("{safe} ")).replace(' ', "+")
}

fn unquoted(text: &str) -> String {
    let (mut out, mut rest) = (Vec::with_capacity(text.len()), text);
    while let Some((before, after)) = rest.split_once('%') {
        out.extend(before.bytes());
        let byte = after.get(..2).and_then(|it| u8::from_str_radix(it, 16).ok());
        out.push(byte.unwrap_or(b'%'));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    out.extend(rest.bytes());
    String::from_utf8_lossy(&out).into_owned()
}

/// `urlencode({"a": 1})`
fn encoded<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Result<Value<'a>, Stop<'a>> {
    let pairs: Vec<(Value<'a>, Value<'a>)> = match args.positional.first() {
        Some(Value::Dict(it)) => {
            it.borrow().iter().map(|(key, it)| (key.clone(), it.clone())).collect()
        }
        Some(other) => {
            let all = items::of(machine, other)?.unwrap_or_default();
            let pair = |it: Value<'a>| match it {
                Value::Tuple(it) => Some((it.first()?.clone(), it.get(1)?.clone())),
                _ => None,
            };
            all.into_iter().filter_map(pair).collect()
        }
        None => Vec::new(),
    };
    let each = args.named("doseq").and_then(Value::truth) == Some(true);
    let mut parts = Vec::new();
    for (key, value) in pairs {
        let values = match &value {
            Value::List(_) | Value::Tuple(_) if each => {
                items::of(machine, &value)?.unwrap_or_default()
            }
            _ => vec![value],
        };
        for value in values {
            match (format::text(machine, &key)?, format::text(machine, &value)?) {
                (Ok(key), Ok(value)) => {
                    parts.push(format!("{}={}", plussed(&key, ""), plussed(&value, "")));
                }
                (Err(unknown), _) | (_, Err(unknown)) => return Ok(unknown),
            }
        }
    }
    Ok(Value::text(parts.join("&")))
}

/// The scheme with its colon and the host with its slashes, and what follows.
fn split(text: &str) -> Option<(&str, &str)> {
    let host = text.find("://")? + 3;
    let end = text.get(host..)?.find(['/', '?', '#']).map_or(text.len(), |at| host + at);
    Some(text.split_at(end))
}

/// `urljoin(base, more)`, as far as no part of the path goes up.
fn joined(base: &str, more: &str) -> Option<String> {
    let (host, path) = split(base)?;
    if more.contains("://") {
        return Some(more.to_owned());
    }
    if more.starts_with("//") || more.split('/').any(|it| matches!(it, "." | "..")) {
        return None;
    }
    if more.starts_with('/') {
        return Some(format!("{host}{more}"));
    }
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let folder = path.rfind('/').and_then(|at| path.get(..=at)).unwrap_or("/");
    Some(if more.is_empty() { base.to_owned() } else { format!("{host}{folder}{more}") })
}

/// `urlparse(text)`
fn parsed<'a>(machine: &Machine<'a>, text: &str) -> Value<'a> {
    let cut = |text: &str, at: char| match text.split_once(at) {
        Some((before, after)) => (before.to_owned(), after.to_owned()),
        None => (text.to_owned(), String::new()),
    };
    let (rest, fragment) = cut(text, '#');
    let (rest, query) = cut(&rest, '?');
    let is_scheme = |it: &str| it.starts_with(|it: char| it.is_ascii_alphabetic());
    let (scheme, rest) = match rest.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => (scheme.to_lowercase(), rest.to_owned()),
        _ => (String::new(), rest),
    };
    let (netloc, path) = match rest.strip_prefix("//") {
        Some(rest) => {
            let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            (host.to_owned(), path.to_owned())
        }
        None => (String::new(), rest),
    };
    let (user, host) = netloc.rsplit_once('@').unwrap_or(("", &netloc));
    let (host, port) = host.rsplit_once(':').unwrap_or((host, ""));
    let (name, word) = user.split_once(':').unwrap_or((user, ""));
    let some = |it: &str| if it.is_empty() { Value::None } else { Value::text(it.to_owned()) };
    let fields = [
        ("hostname", some(&host.to_lowercase())),
        ("port", port.parse::<i128>().map_or(Value::None, Value::Int)),
        ("username", some(name)),
        ("password", some(word)),
        ("scheme", Value::text(scheme)),
        ("netloc", Value::text(netloc.as_str())),
        ("path", Value::text(path)),
        ("params", Value::text("")),
        ("query", Value::text(query)),
        ("fragment", Value::text(fragment)),
        ("url", Value::text(text)),
    ];
    files::object(machine.at, "urllib.parse.ParseResult", fields)
}

/// What a method of a parsed address gives.
pub(super) fn method<'a>(machine: &Machine<'a>, it: &Object<'a>, name: &str) -> Value<'a> {
    const PARTS: [&str; 6] = ["scheme", "netloc", "path", "params", "query", "fragment"];
    let part = |name: &str| it.fields.borrow().get(name).cloned().unwrap_or(Value::None);
    match name {
        "geturl" => part("url"),
        "_asdict" => {
            let pairs = PARTS.into_iter().map(|name| (Value::text(name), part(name)));
            Value::dict(pairs.collect::<Dict<'a>>())
        }
        _ => machine.unknown(format!("the result of `{name}` of an address")),
    }
}
