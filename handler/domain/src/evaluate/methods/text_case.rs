//! Methods of `str` that change letters.

use crate::evaluate::call::Args;
use crate::evaluate::limits::MAX_TEXT;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::Value;

pub(super) fn width(args: &Args<'_>) -> Option<usize> {
    let width = usize::try_from(args.get("width", 0)?.as_int()?.max(0)).ok()?;
    (width <= MAX_TEXT).then_some(width)
}

pub(super) fn title(it: &str) -> String {
    let mut inside = false;
    it.chars()
        .flat_map(|it| {
            let shown: Vec<char> =
                if inside { it.to_lowercase().collect() } else { it.to_uppercase().collect() };
            inside = it.is_alphabetic();
            shown
        })
        .collect()
}

pub(super) fn capitalized(it: &str) -> String {
    let mut chars = it.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    first + &chars.as_str().to_lowercase()
}

pub(super) fn expanded(it: &str, size: usize) -> String {
    let (mut out, mut column) = (String::new(), 0);
    for it in it.chars() {
        match it {
            '\t' => {
                let width = if size == 0 { 0 } else { size - column % size };
                out.push_str(&" ".repeat(width));
                column += width;
            }
            '\n' | '\r' => {
                out.push(it);
                column = 0;
            }
            it => {
                out.push(it);
                column += 1;
            }
        }
    }
    out
}

/// `text.encode(encoding, errors)`
pub(super) fn encoded<'a>(machine: &Machine<'a>, it: &str, args: &Args<'a>) -> Eval<'a> {
    let encoding = args.text("encoding", 0).unwrap_or_else(|| "utf-8".into()).to_lowercase();
    let most = match encoding.replace('_', "-").as_str() {
        "utf-8" | "utf8" => return Ok(Value::Bytes(it.as_bytes().into())),
        "ascii" | "us-ascii" => 0x7f,
        "latin-1" | "latin1" | "iso-8859-1" => 0xff,
        _ => return Ok(machine.unknown(format!("a text in {encoding}"))),
    };
    let errors = args.text("errors", 1).unwrap_or_else(|| "strict".into());
    let mut out = Vec::new();
    for (at, it) in it.chars().enumerate() {
        match (u8::try_from(u32::from(it)).ok().filter(|it| *it <= most), &*errors) {
            (Some(it), _) => out.push(it),
            (None, "ignore") => {}
            (None, "replace") => out.push(b'?'),
            (None, "strict") => {
                let shown = format!("\\x{:02x}", u32::from(it));
                let message = format!(
                    "'{encoding}' codec can't encode character '{shown}' in position {at}: ordinal not in range({})",
                    u32::from(most) + 1
                );
                return machine.raise("UnicodeEncodeError", message);
            }
            _ => return Ok(machine.unknown(format!("a text in {encoding}"))),
        }
    }
    Ok(Value::Bytes(out.into()))
}

/// `text.translate(table)`
pub(super) fn translated<'a>(machine: &mut Machine<'a>, it: &str, args: &Args<'a>) -> Eval<'a> {
    let Some(Value::Dict(table)) = args.positional.first() else {
        return Ok(machine.unknown("a table of characters"));
    };
    let mut out = String::new();
    for it in it.chars() {
        match table.borrow().get(&Value::Int(u32::from(it).into())) {
            None => out.push(it),
            Some(Value::None) => {}
            Some(Value::Int(code)) => {
                out.extend(u32::try_from(*code).ok().and_then(char::from_u32));
            }
            Some(other) => match other.as_text() {
                Some(text) => out.push_str(text),
                None => return Ok(other.clone()),
            },
        }
        machine.spend_size(out.len() / 64)?;
    }
    Ok(Value::text(out))
}

/// `text.swapcase()`
pub(super) fn swapped(it: &str) -> String {
    let swap = |it: char| {
        if it.is_uppercase() {
            it.to_lowercase().to_string()
        } else {
            it.to_uppercase().to_string()
        }
    };
    it.chars().map(swap).collect()
}

/// `text.zfill(width)`
pub(super) fn zero_filled(it: &str, width: usize) -> String {
    let rest = it.strip_prefix(['-', '+']);
    let (sign, digits) = rest.map_or(("", it), |rest| (it.get(..1).unwrap_or_default(), rest));
    format!("{sign}{}{digits}", "0".repeat(width.saturating_sub(it.chars().count())))
}

/// `text.ljust(width, fill)`, `rjust` and `center`
pub(super) fn padded(it: &str, method: &str, width: usize, fill: &str) -> String {
    let missing = width.saturating_sub(it.chars().count());
    let before = match method {
        "ljust" => 0,
        "rjust" => missing,
        // as CPython rounds
        _ => missing / 2 + (missing & width & 1),
    };
    format!("{}{it}{}", fill.repeat(before), fill.repeat(missing - before))
}
