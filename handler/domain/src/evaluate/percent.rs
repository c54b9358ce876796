//! `"%s-%03d" % values`

use super::format::{Text, formatted, shown_repr, text};
use super::limits::MAX_TEXT;
use super::machine::{Eval, Machine};
use super::subscript;
use super::value::Value;

/// `%(name)-5.2f`
#[derive(Debug, Default)]
struct Directive<'t> {
    name: Option<&'t str>,
    flags: &'t str,
    /// `None` after a `*`.
    width: Option<usize>,
    precision: Option<usize>,
    kind: char,
}

/// What `text % values` gives.
pub(super) fn percent<'a>(machine: &mut Machine<'a>, text: &str, values: &Value<'a>) -> Eval<'a> {
    let mut given = match values {
        Value::Tuple(it) => it.to_vec(),
        other => vec![other.clone()],
    }
    .into_iter();
    let (mut out, mut rest, mut by_name) = (String::new(), text, matches!(values, Value::Dict(_)));
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let mut stars = || given.next().and_then(|it| it.as_int());
        let Some((directive, after)) = directive(after, &mut stars) else {
            return machine.raise("ValueError", "incomplete format");
        };
        rest = after;
        if directive.kind == '%' {
            out.push('%');
            continue;
        }
        let value = match directive.name {
            Some(name) => {
                by_name = true;
                subscript::get(machine, values, &subscript::Key::One(Value::text(name)))?
            }
            None => match given.next() {
                Some(it) => it,
                None => {
                    return machine.raise("TypeError", "not enough arguments for format string");
                }
            },
        };
        match converted(machine, &value, &directive)? {
            Ok(text) => out.push_str(&text),
            Err(unknown) => return Ok(unknown),
        }
        machine.spend_size(out.len())?;
    }
    if !by_name && given.next().is_some() {
        let message = "not all arguments converted during string formatting";
        return machine.raise("TypeError", message);
    }
    out.push_str(rest);
    machine.spend_size(out.len())?;
    Ok(Value::text(out))
}

/// Reads what follows a `%`.
fn directive<'t>(
    text: &'t str,
    star: &mut dyn FnMut() -> Option<i128>,
) -> Option<(Directive<'t>, &'t str)> {
    let mut out = Directive::default();
    let mut rest = text;
    if let Some((name, after)) = rest.strip_prefix('(').and_then(|it| it.split_once(')')) {
        (out.name, rest) = (Some(name), after);
    }
    let end = rest.find(|it| !"-+ #0".contains(it)).unwrap_or(rest.len());
    (out.flags, rest) = rest.split_at(end);
    (out.width, rest) = number(rest, star);
    if let Some(after) = rest.strip_prefix('.') {
        let (precision, after) = number(after, star);
        (out.precision, rest) = (Some(precision.unwrap_or(0)), after);
    }
    rest = rest.trim_start_matches(['h', 'l', 'L']);
    out.kind = rest.chars().next()?;
    let after = rest.get(out.kind.len_utf8()..)?;
    Some((out, after))
}

fn number<'t>(text: &'t str, star: &mut dyn FnMut() -> Option<i128>) -> (Option<usize>, &'t str) {
    if let Some(after) = text.strip_prefix('*') {
        return (star().and_then(|it| usize::try_from(it).ok()), after);
    }
    let end = text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len());
    let (digits, after) = text.split_at(end);
    (digits.parse().ok().map(|it: usize| it.min(MAX_TEXT)), after)
}

fn converted<'a>(machine: &mut Machine<'a>, value: &Value<'a>, it: &Directive<'_>) -> Text<'a> {
    if value.as_unknown().is_some() {
        return Ok(Err(value.clone()));
    }
    let shown = match (it.kind, value) {
        ('s', _) => text(machine, value)?,
        ('r' | 'a', _) => shown_repr(machine, value)?,
        ('c', Value::Text(_)) => Ok(value.as_text().map(ToString::to_string).unwrap_or_default()),
        _ => return of_number(machine, value, it),
    };
    let width = it.width.unwrap_or(0);
    machine.spend_size(width)?;
    Ok(shown.map(|text| {
        let cut: String = match it.precision {
            Some(count) => text.chars().take(count).collect(),
            None => text,
        };
        let fill = " ".repeat(width.saturating_sub(cut.chars().count()));
        if it.flags.contains('-') { format!("{cut}{fill}") } else { format!("{fill}{cut}") }
    }))
}

fn of_number<'a>(machine: &mut Machine<'a>, value: &Value<'a>, it: &Directive<'_>) -> Text<'a> {
    let kind = if matches!(it.kind, 'i' | 'u') { 'd' } else { it.kind };
    let number = match (kind, value.as_float()) {
        #[expect(clippy::cast_possible_truncation, reason = "as Python's %d of a float")]
        ('d', Some(it)) => Value::Int(value.as_int().unwrap_or(it.trunc() as i128)),
        (_, Some(_)) => value.clone(),
        (_, None) => {
            let name = value.type_name();
            let message = format!("%{kind} format: a real number is required, not {name}");
            return machine.raise("TypeError", message);
        }
    };
    let has = |flag: char| it.flags.contains(flag);
    let align = if has('-') { "<" } else { "" };
    let sign = ['+', ' '].into_iter().find(|it| has(*it)).map(String::from).unwrap_or_default();
    let alternate = if has('#') { "#" } else { "" };
    let zero = if has('0') && !has('-') { "0" } else { "" };
    let width = it.width.map(|it| it.to_string()).unwrap_or_default();
    let precision = it.precision.map(|it| format!(".{it}")).filter(|_| "eEfFgG".contains(kind));
    let precision = precision.unwrap_or_default();
    let spec = format!("{align}{sign}{alternate}{zero}{width}{precision}{kind}");
    formatted(machine, &number, &spec)
}
