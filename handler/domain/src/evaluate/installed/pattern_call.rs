//! `re`: searching, splitting and replacing.

use std::rc::Rc;

use regex_automata::Anchored;

use super::Made;
use super::pattern::{self, Unread};
use super::pattern_search::Search;
use crate::evaluate::call::{self, Args};
use crate::evaluate::files;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::{Object, Value};

pub(super) const METHODS: &[&str] = &[
    "match",
    "search",
    "fullmatch",
    "findall",
    "finditer",
    "sub",
    "subn",
    "split",
    "group",
    "groups",
    "groupdict",
    "start",
    "end",
    "span",
    "expand",
];

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let Some(name) = dotted.strip_prefix("re.").or_else(|| dotted.strip_prefix("regex.")) else {
        return Ok(None);
    };
    if let Some(unknown) = args.unknown() {
        return Ok(Some(unknown.clone()));
    }
    let first = args.get("pattern", 0).cloned().unwrap_or(Value::None);
    if name == "escape" {
        let text = first.as_text().cloned().unwrap_or_default();
        return Ok(Some(Value::text(escaped(&text))));
    }
    if name != "compile" && !METHODS.contains(&name) {
        return Ok(None);
    }
    let mut rest = args.clone();
    rest.positional = args.positional.iter().skip(1).cloned().collect();
    rest.named.retain(|(name, _)| &**name != "pattern");
    let places = match name {
        "compile" => 0,
        "sub" | "subn" => 3,
        "split" => 2,
        _ => 1,
    };
    let flags = rest.get("flags", places).cloned().unwrap_or(Value::Int(0));
    let compiled = match first {
        Value::Object(it) if &*it.class == "re.Pattern" => it,
        other => match compiled(machine, &other, &flags)? {
            Value::Object(it) => it,
            unknown => return Ok(Some(unknown)),
        },
    };
    match name {
        "compile" => Ok(Some(Value::Object(compiled))),
        _ => method(machine, &compiled, name, &rest).map(Some),
    }
}

fn compiled<'a>(machine: &mut Machine<'a>, it: &Value<'a>, flags: &Value<'a>) -> Eval<'a> {
    let Some(text) = it.as_text() else { return Ok(machine.unknown("a pattern")) };
    machine.spend(20 + text.len() / 4)?;
    match pattern::compile(text, flags.as_int().unwrap_or(0), false) {
        Ok(_) => {
            let fields = [("pattern", it.clone()), ("flags", flags.clone())];
            Ok(files::object(machine.at, "re.Pattern", fields))
        }
        Err(Unread::Beyond) => {
            Ok(machine.unknown(format!("the pattern `{text}`, which is not read here")))
        }
        Err(Unread::Wrong(why)) => machine.raise("error", why),
    }
}

/// Source: `re.escape` of Python 3.7 and later.
fn escaped(text: &str) -> String {
    let special = |it: &char| "()[]{}?*+-|^$\\.&~# \t\n\r\u{b}\u{c}".contains(*it);
    text.chars().flat_map(|it| special(&it).then_some('\\').into_iter().chain([it])).collect()
}

/// Attributes of patterns and matches.
pub(super) fn attribute<'a>(
    machine: &Machine<'a>,
    it: &Object<'a>,
    name: &str,
) -> Option<Value<'a>> {
    let fields = it.fields.borrow();
    Some(match (&*it.class, name) {
        ("re.Match", "lastindex") => {
            let Some(Value::Tuple(groups)) = fields.get("groups") else { return None };
            let last = groups.iter().skip(1).rposition(|it| !it.is_none());
            last.map_or(Value::None, |at| Value::Int(i128::try_from(at + 1).unwrap_or(0)))
        }
        ("re.Match", "re") => machine.unknown("the pattern of a match"),
        ("re.Pattern", "groups" | "groupindex") => machine.unknown("the groups of a pattern"),
        ("re.Match", "string") => fields.get("string")?.clone(),
        ("re.Pattern", "pattern" | "flags") => fields.get(name)?.clone(),
        _ => return None,
    })
}

/// Methods of patterns and matches.
pub(super) fn method<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    if &*it.class == "re.Match" {
        return super::matched::method(machine, it, name, args);
    }
    if let Some(unknown) = args.unknown() {
        return Ok(unknown.clone());
    }
    let at = usize::from(matches!(name, "sub" | "subn"));
    let Some(text) = args.get("string", at).and_then(Value::as_text).cloned() else {
        return Ok(machine.unknown("a text that is searched"));
    };
    let field = |name: &str| it.fields.borrow().get(name).cloned().unwrap_or(Value::None);
    let (source, flags) = (field("pattern"), field("flags").as_int().unwrap_or(0));
    let source = source.as_text().cloned().unwrap_or_default();
    let Ok(regex) = pattern::compile(&source, flags, name == "fullmatch") else {
        return Ok(machine.unknown(format!("the pattern `{source}`")));
    };
    let effort = text.len().saturating_mul(pattern::weight(&source)) / 64;
    machine.spend(20 + effort)?;
    if source.contains("\\b") && !text.is_ascii() {
        return Ok(machine.unknown("the bounds of words that are not of ASCII"));
    }
    // `$` also fits before the line break at the end, which the engine here does not know
    if text.ends_with('\n') && source.contains('$') && flags & pattern::MULTI_LINE == 0 {
        return Ok(machine.unknown("a `$` before a line break at the end"));
    }
    let search = Search { regex, text: &text };
    run(machine, &search, name, args)
}

fn run<'a>(machine: &mut Machine<'a>, it: &Search<'_>, name: &str, args: &Args<'a>) -> Eval<'a> {
    Ok(match name {
        "match" | "fullmatch" => {
            it.first(Anchored::Yes).map_or(Value::None, |found| it.shown(machine, &found))
        }
        "search" => it.first(Anchored::No).map_or(Value::None, |found| it.shown(machine, &found)),
        "finditer" => {
            let all = it.all(usize::MAX);
            machine.spend_size(all.len().saturating_mul(8))?;
            Value::iterator(all.iter().map(|found| it.shown(machine, found)).collect())
        }
        "findall" => {
            let all = it.all(usize::MAX);
            machine.spend_size(all.len().saturating_mul(4))?;
            Value::list(all.iter().map(|found| it.plain(found)).collect())
        }
        "split" => {
            let most = args.get("maxsplit", 1).and_then(Value::as_int).filter(|it| *it > 0);
            let all = it.all(most.and_then(|it| usize::try_from(it).ok()).unwrap_or(usize::MAX));
            machine.spend_size(all.len().saturating_mul(4))?;
            Value::list(it.between(&all))
        }
        "sub" | "subn" => return replaced(machine, it, name, args),
        _ => machine.unknown(format!("the result of `{name}` of a pattern")),
    })
}

fn replaced<'a>(
    machine: &mut Machine<'a>,
    it: &Search<'_>,
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    let by = args.get("repl", 0).cloned().unwrap_or(Value::None);
    let most = args.get("count", 2).and_then(Value::as_int).filter(|it| *it > 0);
    let all = it.all(most.and_then(|it| usize::try_from(it).ok()).unwrap_or(usize::MAX));
    let (mut out, mut at) = (String::new(), 0);
    for found in &all {
        let Some(Some(whole)) = found.first().copied() else { continue };
        out.push_str(it.text.get(at..whole.start).unwrap_or_default());
        at = whole.end;
        let shown = it.shown(machine, found);
        let more = match by.as_text() {
            Some(template) => super::matched::expanded(machine, template, &shown)?,
            None => call::value(machine, &by, Args::of(vec![shown]))?,
        };
        match more.as_text() {
            Some(text) => out.push_str(text),
            None => return Ok(more),
        }
        machine.spend_size(out.len())?;
    }
    out.push_str(it.text.get(at..).unwrap_or_default());
    let text = Value::text(out);
    let count = Value::Int(i128::try_from(all.len()).unwrap_or(0));
    Ok(if name == "subn" { Value::tuple(vec![text, count]) } else { text })
}

/// An exception of `re`.
pub(super) fn wrong<'a, T>(machine: &Machine<'a>, message: &str) -> Result<T, Stop<'a>> {
    machine.raise("error", message)
}
