//! The text of an INI file, and what its options mean.

use std::rc::Rc;

use super::sections::value;
use crate::evaluate::call::Args;
use crate::evaluate::exception;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::{Object, Value};

/// Most options in options: `%(name)s`.
const DEEPEST: usize = 10;

/// Most options that are filled into one.
const MOST: usize = 1_000;

/// Longest text of an option with others filled in.
const LONGEST: usize = 100_000;

type Section = (String, Vec<(String, String)>);

/// The sections of a text, as `configparser` reads it: names of options in small letters, lines that are further in go on.
pub(super) fn parsed(text: &str) -> Vec<Section> {
    let mut out: Vec<Section> = Vec::new();
    let mut indent = 0;
    for line in text.lines() {
        let own = line.len() - line.trim_start().len();
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        let last = out.last_mut().and_then(|(_, options)| options.last_mut());
        if let (Some((_, value)), true) = (last, own > indent) {
            value.push('\n');
            value.push_str(line);
            continue;
        }
        indent = own;
        if let Some(name) = line.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
            out.push((name.to_owned(), Vec::new()));
        } else if let Some((_, options)) = out.last_mut() {
            let (name, value) = line.split_once(['=', ':']).unwrap_or((line, ""));
            options.push((name.trim().to_lowercase(), value.trim().to_owned()));
        }
    }
    out
}

/// What `get`, `getint` and the like give.
pub(super) fn converted<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    (section, option): (&Value<'a>, &str),
    name: &str,
    fallback: Option<Value<'a>>,
) -> Eval<'a> {
    if let Some(unknown) = it.fields.borrow().get("*") {
        return Ok(unknown.clone());
    }
    let Some(found) = value(it, section, option) else {
        let missing = || vec![Value::text(option), section.clone()];
        return fallback.map_or_else(|| exception::raise(machine, "NoOptionError", missing()), Ok);
    };
    let Some(text) = found.as_text() else { return Ok(found) };
    let raw = it.fields.borrow().get("raw").and_then(Value::truth) == Some(true);
    let filled = if raw {
        Some(text.to_string())
    } else {
        filled(it, section, text, DEEPEST, &mut { MOST })
    };
    let Some(text) = filled else { return Ok(machine.unknown("an option with placeholders")) };
    match name {
        "getint" => called(machine, "builtins.int", text),
        "getfloat" => called(machine, "builtins.float", text),
        "getboolean" => match &*text.to_lowercase() {
            "1" | "yes" | "true" | "on" => Ok(Value::Bool(true)),
            "0" | "no" | "false" | "off" => Ok(Value::Bool(false)),
            _ => machine.raise("ValueError", format!("Not a boolean: {text}")),
        },
        _ => Ok(Value::text(text)),
    }
}

fn called<'a>(machine: &mut Machine<'a>, kind: &str, text: String) -> Eval<'a> {
    super::call(machine, &kind.into(), Args::of(vec![Value::text(text)]))
}

/// The text with `%(name)s` filled in; `None` when that cannot be.
fn filled<'a>(
    it: &Object<'a>,
    section: &Value<'a>,
    text: &str,
    depth: usize,
    left: &mut usize,
) -> Option<String> {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        if let Some(after) = after.strip_prefix('%') {
            out.push('%');
            rest = after;
            continue;
        }
        let (name, after) = after.strip_prefix('(')?.split_once(")s")?;
        let inner = value(it, section, &name.to_lowercase())?;
        *left = left.checked_sub(1)?;
        out.push_str(&filled(it, section, inner.as_text()?, depth.checked_sub(1)?, left)?);
        if out.len() > LONGEST {
            return None;
        }
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}
