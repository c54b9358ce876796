//! `yaml.safe_dump`: the text of values that are written without doubt.

use crate::evaluate::call::Args;
use crate::evaluate::dict::Dict;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::Value;
use crate::evaluate::{class, format, items};

/// Options whose default is all that is known here.
const PLAIN: [&str; 5] = ["Dumper", "allow_unicode", "default_flow_style", "sort_keys", "stream"];

/// The document, in `PyYAML`'s block style.
pub(super) fn document<'a>(machine: &mut Machine<'a>, it: &Value<'a>, args: &Args<'a>) -> Eval<'a> {
    let is_on = |name: &str| args.named(name).and_then(Value::truth) == Some(true);
    let known = args.named.iter().all(|(name, _)| PLAIN.contains(&&**name));
    if !known || is_on("default_flow_style") {
        return Ok(machine.unknown("a YAML document with options"));
    }
    let sorts = args.named("sort_keys").and_then(Value::truth) != Some(false);
    let mut out = String::new();
    Ok(match block(machine, it, 0, sorts, &mut out)? {
        Some(()) => Value::text(out),
        None => machine.unknown("a YAML document"),
    })
}

/// Writes a value on lines of its own; `None` when it is not known how.
fn block<'a>(
    machine: &mut Machine<'a>,
    it: &Value<'a>,
    depth: usize,
    sorts: bool,
    out: &mut String,
) -> Result<Option<()>, Stop<'a>> {
    machine.spend_size(out.len() + depth)?;
    match class::own_value(it) {
        Value::Dict(all) if !all.borrow().is_empty() => {
            let all = all.borrow().clone();
            mapping(machine, &all, depth, sorts, out)
        }
        it @ (Value::List(_) | Value::Tuple(_)) => sequence(machine, it, depth, sorts, out),
        _ => Ok(None),
    }
}

/// The margin of a line, unless it has begun behind a dash.
fn begin(out: &mut String, is_first: bool, depth: usize) {
    if !is_first || out.is_empty() || out.ends_with('\n') {
        out.push_str(&"  ".repeat(depth));
    }
}

fn mapping<'a>(
    machine: &mut Machine<'a>,
    all: &Dict<'a>,
    depth: usize,
    sorts: bool,
    out: &mut String,
) -> Result<Option<()>, Stop<'a>> {
    let mut pairs: Vec<(String, Value<'a>)> = Vec::new();
    for (key, value) in all.iter() {
        let Some(key) = scalar(key) else { return Ok(None) };
        pairs.push((key, value.clone()));
    }
    if sorts {
        pairs.sort_by(|a, b| a.0.cmp(&b.0));
    }
    for (at, (key, value)) in pairs.iter().enumerate() {
        begin(out, at == 0, depth);
        out.push_str(key);
        out.push(':');
        // a list in a mapping stands as far in as its key
        let is_list = matches!(value, Value::List(_) | Value::Tuple(_));
        let inner = if is_list { depth } else { depth + 1 };
        if inline(machine, value, inner, sorts, out)?.is_none() {
            return Ok(None);
        }
    }
    Ok(Some(()))
}

fn sequence<'a>(
    machine: &mut Machine<'a>,
    it: &Value<'a>,
    depth: usize,
    sorts: bool,
    out: &mut String,
) -> Result<Option<()>, Stop<'a>> {
    let all = items::of(machine, it)?.unwrap_or_default();
    for (at, value) in all.iter().enumerate() {
        begin(out, at == 0, depth);
        out.push('-');
        let done = match value {
            Value::Dict(it) if !it.borrow().is_empty() => {
                out.push(' ');
                machine.nested(|machine| block(machine, value, depth + 1, sorts, out))?
            }
            _ => inline(machine, value, depth + 1, sorts, out)?,
        };
        if done.is_none() {
            return Ok(None);
        }
    }
    Ok(Some(()))
}

/// Writes a value after its key: a scalar on the same line, others below.
fn inline<'a>(
    machine: &mut Machine<'a>,
    it: &Value<'a>,
    depth: usize,
    sorts: bool,
    out: &mut String,
) -> Result<Option<()>, Stop<'a>> {
    if let Some(text) = scalar(it) {
        out.push(' ');
        out.push_str(&text);
        out.push('\n');
        return Ok(Some(()));
    }
    out.push('\n');
    machine.nested(|machine| block(machine, it, depth, sorts, out))
}

/// The text of a scalar, or of an empty collection.
fn scalar(it: &Value<'_>) -> Option<String> {
    match it {
        Value::None => Some("null".to_owned()),
        Value::Bool(it) => Some(it.to_string()),
        Value::Int(it) => Some(it.to_string()),
        Value::Float(number) if number.is_finite() && number.abs() < 1e15 => Some(format::repr(it)),
        Value::List(all) if all.borrow().is_empty() => Some("[]".to_owned()),
        Value::Dict(all) if all.borrow().is_empty() => Some("{}".to_owned()),
        Value::Text(it) => text(it),
        _ => None,
    }
}

/// A text that stays one without quotes, or needs single ones.
fn text(it: &str) -> Option<String> {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "_/.-".contains(it);
    if it.is_empty() {
        return Some("''".to_owned());
    }
    if it.len() > 60 || !it.chars().all(is_plain) || it.starts_with(['-', '.']) {
        return None;
    }
    let (node, _) = crate::yaml::compose("", it);
    match node?.kind {
        crate::yaml::Kind::Scalar {
            value: serde_json::Value::String(read), date: false, ..
        } => (*read == *it).then(|| it.to_owned()),
        _ => Some(format!("'{it}'")),
    }
}
