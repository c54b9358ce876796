//! Methods of `str`.

use std::rc::Rc;

use super::text_case::{
    capitalized, encoded, expanded, padded, swapped, title, translated, width, zero_filled,
};
use super::{text_format, text_parts};
use crate::evaluate::call::Args;
use crate::evaluate::items;
use crate::evaluate::limits::MAX_TEXT;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::Value;

pub(super) const NAMES: [&str; 46] = [
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
    "isprintable",
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
    "translate",
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
        return text_format::call(machine, it, &args);
    }
    if name == "format_map" {
        let mut given = Args::none();
        if let Some(Value::Dict(it)) = args.positional.first() {
            given = crate::evaluate::class::named(&it.borrow());
        }
        return text_format::call(machine, it, &given);
    }
    if name == "join" {
        return join(machine, it, &args);
    }
    if let Some(unknown) = args.unknown() {
        return Ok(unknown.clone());
    }
    machine.spend_size(it.len())?;
    if matches!(name, "encode" | "translate") {
        return if name == "encode" {
            encoded(machine, it, &args)
        } else {
            translated(machine, it, &args)
        };
    }
    if let Some(made) = changed(it, name, &args).or_else(|| text_parts::asked(it, name)) {
        match &made {
            Value::Text(text) => machine.spend_size(text.len())?,
            Value::List(list) => machine.spend_items(list.borrow().len())?,
            _ => {}
        }
        return Ok(made);
    }
    text_parts::searched(machine, it, name, &args)
}

/// Methods that give another text, or a list of texts.
fn changed<'a>(it: &Rc<str>, name: &str, args: &Args<'a>) -> Option<Value<'a>> {
    let text = |at: usize| args.positional.get(at).and_then(Value::as_text).map(|it| &**it);
    let chars = text(0);
    let stripped = |it: char| chars.map_or(it.is_whitespace(), |all| all.contains(it));
    Some(Value::text(match name {
        "lower" => it.to_lowercase(),
        "casefold" => it.to_lowercase().replace('ß', "ss"),
        "upper" => it.to_uppercase(),
        "title" => title(it),
        "capitalize" => capitalized(it),
        "swapcase" => swapped(it),
        "strip" => it.trim_matches(stripped).to_owned(),
        "lstrip" => it.trim_start_matches(stripped).to_owned(),
        "rstrip" => it.trim_end_matches(stripped).to_owned(),
        "replace" => {
            let (from, to) = (text(0)?, text(1)?);
            let count = args
                .get("count", 2)
                .and_then(Value::as_int)
                .and_then(|it| usize::try_from(it).ok());
            if it.len().saturating_add(1).saturating_mul(to.len().max(1)) > 16 * MAX_TEXT {
                return None;
            }
            count.map_or_else(|| it.replace(from, to), |count| it.replacen(from, to, count))
        }
        "removeprefix" => it.strip_prefix(text(0)?).unwrap_or(it).to_owned(),
        "removesuffix" => it.strip_suffix(text(0)?).unwrap_or(it).to_owned(),
        "zfill" => zero_filled(it, width(args)?),
        "ljust" | "rjust" | "center" => padded(it, name, width(args)?, text(1).unwrap_or(" ")),
        "expandtabs" => {
            let size = args.get("tabsize", 0).map_or(Some(8), Value::as_int)?;
            expanded(it, usize::try_from(size.clamp(0, 100)).ok()?)
        }
        _ => return text_parts::split(it, name, args),
    }))
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
            None => {
                let (at, name) = (parts.len(), it.type_name());
                let message = format!("sequence item {at}: expected str instance, {name} found");
                return machine.raise("TypeError", message);
            }
        }
    }
    let size = parts.iter().map(|it| it.len().saturating_add(by.len())).sum();
    machine.spend_size(size)?;
    let parts: Vec<&str> = parts.iter().map(|it| &**it).collect();
    let text = parts.join(by);
    machine.spend_size(text.len())?;
    Ok(Value::text(text))
}
