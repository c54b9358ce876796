//! `shlex`: a command line and its words.

use super::Made;
use crate::evaluate::call::Args;
use crate::evaluate::items;
use crate::evaluate::machine::Machine;
use crate::evaluate::value::Value;

/// Characters of a word that needs no quotes.
const SAFE: &str = "@%+=:,./-_";

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let Some(name) = dotted.strip_prefix("shlex.") else { return Ok(None) };
    if let Some(unknown) = args.unknown() {
        return Ok(Some(unknown.clone()));
    }
    let first = args.positional.first().cloned().unwrap_or(Value::None);
    Ok(match (name, first.as_text()) {
        ("split", Some(text)) if args.positional.len() == 1 && args.named.is_empty() => {
            match split(text) {
                Some(words) => Some(Value::list(words.into_iter().map(Value::text).collect())),
                None => return machine.raise("ValueError", "No closing quotation"),
            }
        }
        ("quote", Some(text)) => Some(Value::text(quoted(text))),
        ("join", None) => {
            let all = items::of(machine, &first)?.unwrap_or_default();
            let words = all.iter().filter_map(Value::as_text).map(|it| quoted(it));
            Some(Value::text(words.collect::<Vec<_>>().join(" ")))
        }
        _ => None,
    })
}

/// The words, as a shell takes them apart; `None` when a quote is not closed.
fn split(text: &str) -> Option<Vec<String>> {
    let (mut out, mut word): (Vec<String>, Option<String>) = (Vec::new(), None);
    let mut chars = text.chars();
    while let Some(it) = chars.next() {
        match it {
            it if it.is_whitespace() => out.extend(word.take()),
            '\'' | '"' => {
                let own = word.get_or_insert_default();
                loop {
                    match chars.next()? {
                        end if end == it => break,
                        '\\' if it == '"' => match chars.next()? {
                            next @ ('"' | '\\') => own.push(next),
                            next => own.extend(['\\', next]),
                        },
                        other => own.push(other),
                    }
                }
            }
            '\\' => word.get_or_insert_default().push(chars.next()?),
            other => word.get_or_insert_default().push(other),
        }
    }
    out.extend(word);
    Some(out)
}

fn quoted(text: &str) -> String {
    let is_safe = |it: char| it.is_ascii_alphanumeric() || SAFE.contains(it);
    if !text.is_empty() && text.chars().all(is_safe) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\"'\"'"))
}
