//! `csv` and `textwrap`: rows and margins of texts.

use super::{Made, document};
use crate::evaluate::call::Args;
use crate::evaluate::items;
use crate::evaluate::machine::{Machine, Stop};
use crate::evaluate::value::Value;

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let Some(first) = args.positional.first().cloned() else { return Ok(None) };
    Ok(Some(match (dotted, first.as_text().cloned()) {
        ("textwrap.dedent", Some(text)) => Value::text(dedented(&text)),
        ("textwrap.indent", Some(text)) => {
            let prefix = args.text("prefix", 1).unwrap_or_default();
            machine.spend_size(text.len().saturating_mul(prefix.len() + 1))?;
            let line = |it: &str| {
                if it.trim().is_empty() { it.to_owned() } else { format!("{prefix}{it}") }
            };
            Value::text(text.split_inclusive('\n').map(line).collect::<String>())
        }
        ("textwrap.shorten", Some(text)) => match args.get("width", 1).and_then(Value::as_int) {
            Some(width) if !text.contains('-') => {
                let placeholder = args.text("placeholder", usize::MAX);
                let placeholder = placeholder.unwrap_or_else(|| " [...]".into());
                Value::text(shortened(&text, usize::try_from(width).unwrap_or(0), &placeholder))
            }
            _ => machine.unknown("a text that is shortened"),
        },
        ("csv.reader", _) => match rows(machine, &first, args)? {
            Some(rows) => Value::iterator(rows.into_iter().map(row).collect()),
            None => document::content(machine, &first),
        },
        ("csv.DictReader", _) if args.get("fieldnames", 1).is_none() => {
            match rows(machine, &first, args)? {
                Some(rows) => Value::iterator(records(rows)),
                None => document::content(machine, &first),
            }
        }
        _ => return Ok(None),
    }))
}

/// As many words as fit, with the placeholder where some are left out.
fn shortened(text: &str, width: usize, placeholder: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let whole = words.join(" ");
    let length = |it: &str| it.chars().count();
    if length(&whole) <= width {
        return whole;
    }
    let fits = |count: &usize| {
        let kept = words.get(..*count).unwrap_or_default().join(" ");
        length(&kept) + length(placeholder) <= width
    };
    let count = (1..words.len()).rev().find(fits).unwrap_or(0);
    match count {
        0 => placeholder.trim_start().to_owned(),
        _ => words.get(..count).unwrap_or_default().join(" ") + placeholder,
    }
}

/// Without the blanks that all lines begin with; lines of blanks alone become empty.
fn dedented(text: &str) -> String {
    let margin = |it: &str| it.len() - it.trim_start_matches([' ', '\t']).len();
    let full = text.lines().filter(|it| !it.trim().is_empty());
    let mut common: Option<&str> = None;
    for line in full {
        let own = line.get(..margin(line)).unwrap_or_default();
        let same = common.map_or(own.len(), |it| {
            it.bytes().zip(own.bytes()).take_while(|(a, b)| a == b).count()
        });
        common = own.get(..same);
    }
    let width = common.map_or(0, str::len);
    let line = |it: &str| {
        let end = if it.ends_with('\n') { "\n" } else { "" };
        if it.trim().is_empty() {
            end.to_owned()
        } else {
            it.get(width..).unwrap_or_default().to_owned()
        }
    };
    text.split_inclusive('\n').map(line).collect()
}

fn row<'a>(cells: Vec<String>) -> Value<'a> {
    Value::list(cells.into_iter().map(Value::text).collect())
}

/// Rows by the names of the first one; empty rows are left out.
fn records<'a>(rows: Vec<Vec<String>>) -> Vec<Value<'a>> {
    let mut rows = rows.into_iter().filter(|it| !it.is_empty());
    let Some(names) = rows.next() else { return Vec::new() };
    rows.map(|row| {
        let mut cells = row.into_iter().map(Value::text);
        let pairs = names
            .iter()
            .map(|name| (Value::text(name.as_str()), cells.next().unwrap_or(Value::None)));
        Value::dict(pairs.collect())
    })
    .collect()
}

/// The cells of each row; `None` when the text is not known.
fn rows<'a>(
    machine: &mut Machine<'a>,
    it: &Value<'a>,
    args: &Args<'a>,
) -> Result<Option<Vec<Vec<String>>>, Stop<'a>> {
    let Some(lines) = items::of(machine, it)? else { return Ok(None) };
    let delimiter =
        args.named("delimiter").and_then(Value::as_text).and_then(|it| it.chars().next());
    let mut text = String::new();
    for line in &lines {
        let Some(line) = line.as_text() else { return Ok(None) };
        text.push_str(line.trim_end_matches(['\r', '\n']));
        text.push('\n');
    }
    machine.spend_size(text.len())?;
    Ok(Some(cells(&text, delimiter.unwrap_or(','))))
}

fn cells(text: &str, delimiter: char) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut started) = (false, false);
    let mut chars = text.chars().peekable();
    while let Some(it) = chars.next() {
        match it {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => (quoted, started) = (true, true),
            '\n' if !quoted => {
                if started || !cell.is_empty() || !row.is_empty() {
                    row.push(std::mem::take(&mut cell));
                }
                rows.push(std::mem::take(&mut row));
                started = false;
            }
            it if it == delimiter && !quoted => {
                row.push(std::mem::take(&mut cell));
                started = true;
            }
            it => cell.push(it),
        }
    }
    rows
}
