//! Numbers: what texts and other numbers are as such.

use crate::evaluate::attribute;
use crate::evaluate::call::Args;
use crate::evaluate::format;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::operator;
use crate::evaluate::value::Value;
use ruff_python_ast::Operator;

/// `int(…)`
pub(super) fn int<'a>(machine: &mut Machine<'a>, it: &Value<'a>, args: &Args<'a>) -> Eval<'a> {
    if let (Some(text), false) = (it.as_text(), it.as_int().is_some()) {
        return digits(machine, it, text, args);
    }
    for name in ["__int__", "__index__"] {
        if matches!(it, Value::Instance(_)) && attribute::has(machine, it, name) {
            return attribute::call(machine, it, name, Args::none());
        }
    }
    #[expect(clippy::cast_possible_truncation, reason = "larger ones are not known")]
    match (it.as_int(), it) {
        (Some(it), _) => Ok(Value::Int(it)),
        (_, Value::Float(it)) if it.abs() < 1e37 => Ok(Value::Int(it.trunc() as i128)),
        (_, Value::Float(it)) if it.is_nan() => {
            machine.raise("ValueError", "cannot convert float NaN to integer")
        }
        (_, Value::Float(it)) if it.is_infinite() => {
            machine.raise("OverflowError", "cannot convert float infinity to integer")
        }
        (_, Value::Float(_)) => Ok(machine.unknown("a number that is too large")),
        (_, Value::Object(it)) if &*it.class == "uuid.UUID" => {
            super::super::attribute(machine, it, "int")
        }
        (_, Value::Instance(_) | Value::Object(_)) => Ok(machine.unknown("a number")),
        _ => {
            let name = it.type_name();
            let message = format!(
                "int() argument must be a string, a bytes-like object or a real number, not '{name}'"
            );
            machine.raise("TypeError", message)
        }
    }
}

fn digits<'a>(machine: &Machine<'a>, it: &Value<'a>, text: &str, args: &Args<'a>) -> Eval<'a> {
    let base = args.get("base", 1).and_then(Value::as_int).and_then(|it| u32::try_from(it).ok());
    let base = base.unwrap_or(10);
    let plain = text.trim();
    let (sign, plain) = match plain.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", plain.strip_prefix('+').unwrap_or(plain)),
    };
    let lower = plain.to_ascii_lowercase();
    let marks = [(16, "0x"), (8, "0o"), (2, "0b")];
    let marked = marks.iter().find_map(|(of, mark)| {
        let rest = lower.strip_prefix(mark).filter(|_| base == *of || base == 0)?;
        Some((*of, rest))
    });
    let (radix, plain) = marked.unwrap_or((if base == 0 { 10 } else { base }, &*lower));
    let is_grouped = !plain.starts_with('_') && !plain.ends_with('_') && !plain.contains("__");
    let number = plain.replace('_', "");
    let is_whole = is_grouped
        && !number.is_empty()
        && (2..=36).contains(&radix)
        && number.chars().all(|it| it.is_digit(radix));
    if !is_whole {
        let shown = format::repr(it);
        let message = format!("invalid literal for int() with base {base}: {shown}");
        return machine.raise("ValueError", message);
    }
    Ok(match i128::from_str_radix(&format!("{sign}{number}"), radix) {
        Ok(it) => Value::Int(it),
        Err(_) => machine.unknown("a number that is too large"),
    })
}

/// `float(…)`
pub(super) fn float<'a>(machine: &mut Machine<'a>, it: &Value<'a>) -> Eval<'a> {
    if let (Some(number), None) = (it.as_float(), it.as_text()) {
        return Ok(Value::Float(number));
    }
    if matches!(it, Value::Instance(_)) && attribute::has(machine, it, "__float__") {
        return attribute::call(machine, it, "__float__", Args::none());
    }
    match it.as_text().map(|it| it.trim().replace('_', "").parse::<f64>()) {
        Some(Ok(it)) => Ok(Value::Float(it)),
        Some(Err(_)) => machine.raise(
            "ValueError",
            format!("could not convert string to float: {}", format::repr(it)),
        ),
        None if matches!(it, Value::Instance(_) | Value::Object(_)) => {
            Ok(machine.unknown("a number"))
        }
        None => {
            let name = it.type_name();
            let message =
                format!("float() argument must be a string or a real number, not '{name}'");
            machine.raise("TypeError", message)
        }
    }
}

/// To the nearest, halves to the even one.
pub(super) fn round<'a>(machine: &mut Machine<'a>, it: &Value<'a>, args: &Args<'a>) -> Eval<'a> {
    if matches!(it, Value::Instance(_)) && attribute::has(machine, it, "__round__") {
        let given = args.positional.iter().skip(1).cloned().collect();
        return attribute::call(machine, it, "__round__", Args::of(given));
    }
    let digits = args.get("ndigits", 1).and_then(Value::as_int);
    Ok(match (it, digits) {
        #[expect(clippy::cast_possible_truncation, reason = "within the bounds")]
        (Value::Float(it), None) if it.abs() < 1e37 => Value::Int(it.round_ties_even() as i128),
        (Value::Float(it), Some(digits)) if (0..=15).contains(&digits) => {
            let digits = usize::try_from(digits).unwrap_or(0);
            Value::Float(format!("{it:.digits$}").parse().unwrap_or(*it))
        }
        (other, digits) if other.as_int().is_some() && digits.is_none_or(|it| it >= 0) => {
            other.as_int().map_or(Value::None, Value::Int)
        }
        _ => machine.unknown("a rounded number"),
    })
}

/// `pow(base, exponent, modulus)`
pub(super) fn pow<'a>(machine: &mut Machine<'a>, it: &Value<'a>, args: &Args<'a>) -> Eval<'a> {
    let exponent = args.get("exp", 1).cloned().unwrap_or(Value::None);
    let Some(modulus) = args.get("mod", 2).filter(|it| !it.is_none()) else {
        return operator::binary(machine, Operator::Pow, it, &exponent);
    };
    let (Some(base), Some(mut exponent), Some(modulus)) =
        (it.as_int(), exponent.as_int(), modulus.as_int())
    else {
        return Ok(machine.unknown("a power"));
    };
    if modulus == 0 || exponent < 0 || modulus.unsigned_abs() > u128::from(u32::MAX) << 30 {
        return Ok(machine.unknown("a power"));
    }
    let (mut base, mut out) = (base.rem_euclid(modulus), 1 % modulus);
    while exponent > 0 {
        if exponent & 1 == 1 {
            out = (out.wrapping_mul(base)).rem_euclid(modulus);
        }
        base = base.wrapping_mul(base).rem_euclid(modulus);
        exponent >>= 1;
    }
    Ok(Value::Int(out))
}

/// `0xff`, `-0b101`
pub(super) fn in_base(name: &str, it: i128) -> String {
    let sign = if it < 0 { "-" } else { "" };
    let it = it.unsigned_abs();
    match name {
        "hex" => format!("{sign}{it:#x}"),
        "oct" => format!("{sign}{it:#o}"),
        _ => format!("{sign}{it:#b}"),
    }
}
