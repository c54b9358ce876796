//! Methods of `bytes`.

use std::rc::Rc;

use super::text;
use crate::evaluate::call::Args;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::Value;

pub(super) const NAMES: [&str; 39] = [
    "capitalize",
    "center",
    "count",
    "decode",
    "endswith",
    "expandtabs",
    "find",
    "hex",
    "index",
    "isalnum",
    "isalpha",
    "isascii",
    "isdigit",
    "islower",
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
    "upper",
    "zfill",
];

/// Of these, the ones that ask what a byte means.
const OF_LETTERS: [&str; 15] = [
    "capitalize",
    "isalnum",
    "isalpha",
    "islower",
    "isspace",
    "istitle",
    "isupper",
    "lower",
    "lstrip",
    "rstrip",
    "splitlines",
    "strip",
    "swapcase",
    "title",
    "upper",
];

/// What `bytes.name(…)` gives.
#[expect(clippy::format_collect, reason = "a digest of a few bytes")]
pub(super) fn call<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<[u8]>,
    name: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    machine.spend_size(it.len())?;
    match name {
        "decode" => decoded(machine, it, args),
        "hex" => Ok(Value::text(it.iter().map(|it| format!("{it:02x}")).collect::<String>())),
        // what a letter is, and what a space is, differs from a text
        _ if !it.is_ascii() && OF_LETTERS.contains(&name) => {
            Ok(machine.unknown(format!("the result of `bytes.{name}`")))
        }
        // as the text whose characters have the numbers of the bytes
        _ => {
            let text: Rc<str> = it.iter().copied().map(char::from).collect::<String>().into();
            let given = Args {
                positional: args.positional.iter().map(as_text).collect(),
                named: args.named.iter().map(|(name, it)| (Rc::clone(name), as_text(it))).collect(),
                open: args.open.clone(),
            };
            Ok(as_bytes(&text::call(machine, &text, name, given)?))
        }
    }
}

fn as_text<'a>(it: &Value<'a>) -> Value<'a> {
    match it {
        Value::Bytes(it) => Value::text(it.iter().copied().map(char::from).collect::<String>()),
        Value::List(all) => Value::list(all.borrow().iter().map(flat).collect()),
        Value::Tuple(all) => Value::tuple(all.iter().map(flat).collect()),
        other => other.clone(),
    }
}

fn flat<'a>(it: &Value<'a>) -> Value<'a> {
    if let Value::Bytes(_) = it { as_text(it) } else { it.clone() }
}

fn as_bytes<'a>(it: &Value<'a>) -> Value<'a> {
    match it {
        Value::Text(it) => {
            Value::Bytes(it.chars().filter_map(|it| u8::try_from(u32::from(it)).ok()).collect())
        }
        Value::List(all) => Value::list(all.borrow().iter().map(as_bytes_of_text).collect()),
        Value::Tuple(all) => Value::tuple(all.iter().map(as_bytes_of_text).collect()),
        other => other.clone(),
    }
}

fn as_bytes_of_text<'a>(it: &Value<'a>) -> Value<'a> {
    if let Value::Text(_) = it { as_bytes(it) } else { it.clone() }
}

fn decoded<'a>(machine: &Machine<'a>, it: &[u8], args: &Args<'a>) -> Eval<'a> {
    let encoding = args.text("encoding", 0).unwrap_or_else(|| "utf-8".into()).to_lowercase();
    let errors = args.text("errors", 1).unwrap_or_else(|| "strict".into());
    match encoding.replace('_', "-").as_str() {
        "latin-1" | "latin1" | "iso-8859-1" => {
            return Ok(Value::text(it.iter().copied().map(char::from).collect::<String>()));
        }
        "utf-8" | "utf8" | "utf-8-sig" => {}
        "ascii" | "us-ascii" if it.is_ascii() => {}
        _ => return Ok(machine.unknown(format!("a text in {encoding}"))),
    }
    match (std::str::from_utf8(it), &*errors) {
        (Ok(text), _) => Ok(Value::text(
            text.strip_prefix('\u{feff}').filter(|_| encoding.ends_with("sig")).unwrap_or(text),
        )),
        (Err(_), "replace") => Ok(Value::text(String::from_utf8_lossy(it).into_owned())),
        (Err(_), "ignore") => {
            let text: String = it.utf8_chunks().map(|it| it.valid().to_owned()).collect();
            Ok(Value::text(text))
        }
        (Err(error), _) => {
            let at = error.valid_up_to();
            let byte = it.get(at).copied().unwrap_or(0);
            let message = format!(
                "'utf-8' codec can't decode byte {byte:#04x} in position {at}: invalid start byte"
            );
            machine.raise("UnicodeDecodeError", message)
        }
    }
}
