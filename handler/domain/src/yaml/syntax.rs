//! What a parser refuses, with what to do about it.

use granit_parser::ScanError;

use super::compose::place;
use crate::diagnostic::{Diagnostic, Position, rules};

/// Characters that no plain text starts with. Source: the indicators of YAML, with those that `PyYAML` takes for none.
const INDICATORS: [char; 6] = ['*', '&', '@', '%', '`', '!'];

/// The fault that `error` tells of.
pub(super) fn fault(file: &str, text: &str, error: &ScanError) -> Diagnostic {
    let at = place(error.marker().line(), error.marker().col());
    let (line, column) = (at.line as usize, at.column as usize);
    let told = |line: usize, column: usize, hint: Option<String>| {
        let at = place(line, column.saturating_sub(1));
        let place = Position::new(file, at.line, at.column);
        Diagnostic { hint, ..Diagnostic::error(rules::YAML_SYNTAX, place, error.info()) }
    };
    let lines: Vec<&str> = text.lines().skip(line.saturating_sub(2)).take(3).collect();
    let here = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let before = line.checked_sub(2).and_then(|it| text.lines().nth(it)).unwrap_or_default();
    if let Some(hint) = quoting(here, column, &error.info()) {
        return told(line, column, Some(hint));
    }
    let mut tabs = lines.iter().zip(line.saturating_sub(1).max(1)..);
    if let Some((column, line)) = tabs.find_map(|(it, line)| Some((tab(it)?, line))) {
        let hint = "indent with spaces, not with a tab";
        return told(line, column, Some(hint.to_owned()));
    }
    told(line, column, shape(here, before, &error.info()))
}

/// What a value needs that starts or goes on as no plain text can.
fn quoting(line: &str, column: usize, info: &str) -> Option<String> {
    let value = value(line, column);
    if value.starts_with(INDICATORS) || value.starts_with("{{") {
        return Some(format!("quote it: {}", quoted(value)));
    }
    if info.contains("trailing content") {
        return Some(if value.starts_with('\'') {
            "inside single quotes a `'` is written `''`".to_owned()
        } else {
            format!("quote all of it: {}", quoted(value))
        });
    }
    if info.contains("mapping values are not allowed") && value.contains(": ") {
        return Some(format!("quote it: {}", quoted(value)));
    }
    let escape = "write `\\\\` for a backslash, or use single quotes";
    info.contains("unknown escape").then(|| escape.to_owned())
}

/// The value that the character at `column` belongs to: that of the line's key, or inside brackets the one that they hold.
fn value(line: &str, column: usize) -> &str {
    let content = line.trim_start_matches([' ', '\t', '-']);
    let whole = content.split_once(": ").map_or(content, |(_, it)| it).trim();
    if !whole.starts_with(['[', '{']) || whole.starts_with("{{") {
        return whole;
    }
    let end = line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
    let head = line.get(..end).unwrap_or(line);
    let starts = ["[", "{", ", ", ": "].iter();
    let starts = starts.filter_map(|it| head.rfind(it).map(|at| at + it.len()));
    let rest = starts.max().and_then(|at| line.get(at..)).unwrap_or(line);
    rest.split([',', ']', '}']).next().unwrap_or(rest).trim()
}

/// `text` in quotes that need no escapes in it, where there are such.
fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

/// The column of a tab in the indentation, from 1.
fn tab(line: &str) -> Option<usize> {
    let indent = line.chars().take_while(|it| it.is_whitespace() || *it == '-');
    indent.collect::<Vec<_>>().iter().position(|it| *it == '\t').map(|it| it + 1)
}

/// What is wrong with how the lines stand.
fn shape(here: &str, before: &str, info: &str) -> Option<String> {
    let content = before.trim_start_matches([' ', '-']);
    let glued = content.split_once(':').filter(|(key, it)| {
        let is_name = key.chars().all(|it| it.is_alphanumeric() || it == '_');
        is_name && !key.is_empty() && it.starts_with(|it: char| !it.is_whitespace())
    });
    if info.contains("mapping values are not allowed") {
        return Some(match glued {
            Some((key, rest)) => format!("write a space after the colon: `{key}: {rest}`"),
            None => "start it in the column where the keys beside it start".to_owned(),
        });
    }
    let is_key = here.trim_end().ends_with(':') || here.contains(": ");
    (is_key && info.contains("did not find expected key"))
        .then(|| "start it in the column where the keys beside it start".to_owned())
}
