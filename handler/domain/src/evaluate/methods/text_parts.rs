//! Methods of `str` that take it apart, or ask something about it.

use std::rc::Rc;

use super::folder_name;
use crate::evaluate::call::Args;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::quoting;
use crate::evaluate::value::Value;

/// `split`, `rsplit`, `splitlines`, `partition`, `rpartition`
pub(super) fn split<'a>(it: &Rc<str>, name: &str, args: &Args<'a>) -> Option<Value<'a>> {
    let texts = |all: Vec<&str>| Value::list(all.into_iter().map(Value::text).collect());
    let separator = args.get("sep", 0).filter(|it| !it.is_none()).map(|it| it.as_text().cloned());
    let limit =
        args.get("maxsplit", 1).and_then(Value::as_int).and_then(|it| usize::try_from(it).ok());
    match (name, separator) {
        ("splitlines", _) => {
            let ends = args.get("keepends", 0).and_then(Value::truth) == Some(true);
            Some(texts(lines(it, ends)))
        }
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
        ("rsplit", None) => Some(texts(blank_rsplit(it, limit))),
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

fn blank_rsplit(it: &str, limit: Option<usize>) -> Vec<&str> {
    let Some(limit) = limit else { return it.split_whitespace().collect() };
    let (mut out, mut rest) = (Vec::new(), it.trim_end());
    while out.len() < limit && !rest.is_empty() {
        let (before, word) = rest.rsplit_once(char::is_whitespace).unwrap_or(("", rest));
        out.push(word);
        rest = before.trim_end();
    }
    if !rest.is_empty() {
        out.push(rest.trim_start());
    }
    out.reverse();
    out
}

fn lines(it: &str, ends: bool) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = it;
    while let Some(at) = rest.find([
        '\n', '\r', '\u{b}', '\u{c}', '\u{1c}', '\u{1d}', '\u{1e}', '\u{85}', '\u{2028}',
        '\u{2029}',
    ]) {
        let (line, after) = rest.split_at(at);
        let width = if after.starts_with("\r\n") {
            2
        } else {
            after.chars().next().map_or(1, char::len_utf8)
        };
        let whole = rest.get(..at + width).unwrap_or(rest);
        out.push(if ends { whole } else { line });
        rest = rest.get(at + width..).unwrap_or_default();
    }
    if !rest.is_empty() {
        out.push(rest);
    }
    out
}

/// Methods that ask something about the whole text.
pub(super) fn asked<'a>(it: &str, name: &str) -> Option<Value<'a>> {
    let all = |fits: fn(char) -> bool| !it.is_empty() && it.chars().all(fits);
    let cased = |fits: fn(char) -> bool, other: fn(char) -> bool| {
        it.chars().any(fits) && !it.chars().any(other)
    };
    Some(Value::Bool(match name {
        "isalnum" => all(char::is_alphanumeric),
        "isalpha" => all(char::is_alphabetic),
        "isascii" => it.is_ascii(),
        "isdecimal" => all(is_decimal),
        "isdigit" => all(|it| is_decimal(it) || "²³¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉".contains(it)),
        "isnumeric" => all(char::is_numeric),
        "isprintable" => it.chars().all(quoting::is_printable),
        "isspace" => all(char::is_whitespace),
        "islower" => cased(char::is_lowercase, char::is_uppercase),
        "isupper" => cased(char::is_uppercase, char::is_lowercase),
        "istitle" => !it.is_empty() && super::text_case::title(it) == it,
        "isidentifier" => {
            it.starts_with(|it: char| it.is_alphabetic() || it == '_')
                && it.chars().all(|it| it.is_alphanumeric() || it == '_')
        }
        _ => return None,
    }))
}

/// A digit of ASCII, or of another script's numbers, of which only the common ones are told apart.
fn is_decimal(it: char) -> bool {
    it.is_ascii_digit()
        || (it.is_numeric()
            && matches!(it, '\u{660}'..='\u{669}' | '\u{966}'..='\u{96f}' | '\u{ff10}'..='\u{ff19}'))
}

/// Methods that look for another text in it.
pub(super) fn searched<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<str>,
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    let wanted: Vec<&str> = match args.positional.first() {
        Some(Value::Tuple(all)) => all.iter().filter_map(Value::as_text).map(|it| &**it).collect(),
        Some(other) => other.as_text().map(|it| &**it).into_iter().collect(),
        None => Vec::new(),
    };
    let Some(first) = wanted.first() else {
        return Ok(match args.positional.first() {
            Some(Value::Tuple(all)) if all.is_empty() => Value::Bool(false),
            _ => {
                let message = format!("{name} first arg must be str or a tuple of str");
                return machine.raise("TypeError", message);
            }
        });
    };
    let chars: Vec<char> = it.chars().collect();
    let length = i128::try_from(chars.len()).unwrap_or(i128::MAX);
    let place = |at: usize, default: i128| {
        let it = args.positional.get(at).and_then(Value::as_int).unwrap_or(default);
        usize::try_from(if it < 0 { it.saturating_add(length) } else { it.min(length) })
            .unwrap_or(0)
    };
    let (start, end) = (place(1, 0), place(2, length));
    let part: String = chars.get(start..end.max(start)).unwrap_or_default().iter().collect();
    if name.ends_with("find") && start == 0 && !part.contains(first) {
        folder_name::missed(machine, it, first);
    }
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
            let found = if name == "index" { part.find(first) } else { part.rfind(first) };
            let Some(byte) = found else {
                folder_name::missed(machine, it, first);
                return machine.raise("ValueError", "substring not found");
            };
            Value::Int(index(byte))
        }
        _ => machine.unknown(format!("the result of `str.{name}`")),
    })
}
