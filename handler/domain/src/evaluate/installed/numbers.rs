//! `math` and `statistics`.

use super::Made;
use crate::evaluate::call::Args;
use crate::evaluate::items;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::operator;
use crate::evaluate::value::Value;

/// Values of the module.
pub(super) fn constant<'a>(dotted: &str) -> Option<Value<'a>> {
    use std::f64::consts;
    Some(Value::Float(match dotted.strip_prefix("math.")? {
        "pi" => consts::PI,
        "e" => consts::E,
        "tau" => consts::TAU,
        "inf" => f64::INFINITY,
        "nan" => f64::NAN,
        _ => return None,
    }))
}

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    if let Some(name) = dotted.strip_prefix("statistics.") {
        return average(machine, name, args).map(Some);
    }
    let Some(name) = dotted.strip_prefix("math.") else { return Ok(None) };
    if let Some(unknown) = args.unknown() {
        return Ok(Some(unknown.clone()));
    }
    if matches!(name, "prod" | "fsum") {
        return total(machine, name, args).map(Some);
    }
    let whole: Option<Vec<i128>> = args.positional.iter().map(Value::as_int).collect();
    let made = whole.and_then(|it| of_whole(name, &it));
    if let Some(made) = made {
        return Ok(Some(Value::Int(made)));
    }
    let reals: Option<Vec<f64>> = args.positional.iter().map(Value::as_float).collect();
    let Some(reals) = reals else {
        return machine.raise("TypeError", "must be real number");
    };
    if matches!((name, reals.as_slice()), ("sqrt" | "log" | "log2" | "log10", [it, ..]) if *it < 0.0 || *it == 0.0 && name != "sqrt")
    {
        return machine.raise("ValueError", "math domain error");
    }
    let made = of_reals(name, &reals, args);
    Ok(Some(made.unwrap_or_else(|| machine.unknown(format!("the result of `{dotted}`")))))
}

/// `mean`, `fmean` and `median` of whole numbers, which are exact.
fn average<'a>(machine: &mut Machine<'a>, name: &str, args: &Args<'a>) -> Eval<'a> {
    let given = args.positional.first().cloned().unwrap_or(Value::None);
    let all = items::of(machine, &given)?.unwrap_or_default();
    let whole: Option<Vec<i128>> = all.iter().map(Value::as_int).collect();
    let mut whole = whole.unwrap_or_default();
    whole.sort_unstable();
    let middle = |at: usize| whole.get(at).copied();
    let parts = match name {
        "mean" | "fmean" => whole
            .iter()
            .try_fold(0_i128, |sum, it| sum.checked_add(*it))
            .zip(i128::try_from(whole.len()).ok()),
        "median" if whole.len() % 2 == 1 => middle(whole.len() / 2).zip(Some(1)),
        "median" => whole
            .len()
            .checked_sub(1)
            .and_then(|last| Some((middle(last / 2)?.checked_add(middle(last / 2 + 1)?)?, -2))),
        _ => None,
    };
    Ok(match parts {
        Some((sum, count)) if count > 0 && name != "fmean" && sum % count == 0 => {
            Value::Int(sum / count)
        }
        #[expect(clippy::cast_precision_loss, reason = "as Python does")]
        Some((sum, count)) if count != 0 => Value::Float(sum as f64 / count.abs() as f64),
        _ => machine.unknown(format!("the result of `statistics.{name}`")),
    })
}

fn of_whole(name: &str, all: &[i128]) -> Option<i128> {
    match (name, all) {
        ("floor" | "ceil" | "trunc", [it]) => Some(*it),
        ("gcd", all) => Some(all.iter().fold(0, |a, b| gcd(a, *b))),
        ("lcm", all) => all.iter().try_fold(1_i128, |a, b| {
            let divisor = gcd(a, *b);
            if divisor == 0 {
                Some(0)
            } else {
                (a / divisor).checked_mul(*b).and_then(i128::checked_abs)
            }
        }),
        ("factorial", [it]) if (0..34).contains(it) => Some((1..=*it).product()),
        ("comb", [n, k]) if (0..120).contains(n) => (1..=*k).try_fold(1_i128, |out, at| {
            if at > *n { Some(0) } else { Some(out.checked_mul(n - at + 1)? / at) }
        }),
        ("perm", [n, k]) if *k >= 0 && *k <= *n && *k < 100 => {
            (0..*k).try_fold(1_i128, |out, at| out.checked_mul(n - at))
        }
        ("isqrt", [it]) if *it >= 0 => Some(it.isqrt()),
        _ => None,
    }
}

fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i128::try_from(a).unwrap_or(0)
}

fn of_reals<'a>(name: &str, all: &[f64], args: &Args<'a>) -> Option<Value<'a>> {
    let whole = |it: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "within the bounds")]
        (it.abs() < 1e37).then_some(Value::Int(it as i128))
    };
    let real = match (name, all) {
        ("floor", [it]) => return whole(it.floor()),
        ("ceil", [it]) => return whole(it.ceil()),
        ("trunc", [it]) => return whole(it.trunc()),
        ("isnan", [it]) => return Some(Value::Bool(it.is_nan())),
        ("isinf", [it]) => return Some(Value::Bool(it.is_infinite())),
        ("isfinite", [it]) => return Some(Value::Bool(it.is_finite())),
        ("isclose", [a, b]) => {
            let close =
                |name: &str, or: f64| args.named(name).and_then(Value::as_float).unwrap_or(or);
            let most = (close("rel_tol", 1e-9) * a.abs().max(b.abs())).max(close("abs_tol", 0.0));
            return Some(Value::Bool((a - b).abs() <= most));
        }
        ("modf", [it]) => {
            return Some(Value::tuple(vec![Value::Float(it.fract()), Value::Float(it.trunc())]));
        }
        ("sqrt", [it]) => it.sqrt(),
        ("log", [it]) => it.ln(),
        ("log", [it, base]) => it.ln() / base.ln(),
        ("log2", [it]) => it.log2(),
        ("log10", [it]) => it.log10(),
        ("log1p", [it]) => it.ln_1p(),
        ("exp", [it]) => it.exp(),
        ("fabs", [it]) => it.abs(),
        ("pow", [a, b]) => a.powf(*b),
        ("hypot", all) => all.iter().map(|it| it * it).sum::<f64>().sqrt(),
        ("fmod", [a, b]) if *b != 0.0 => a % b,
        ("copysign", [a, b]) => a.copysign(*b),
        ("radians", [it]) => it.to_radians(),
        ("degrees", [it]) => it.to_degrees(),
        ("sin", [it]) => it.sin(),
        ("cos", [it]) => it.cos(),
        ("tan", [it]) => it.tan(),
        _ => return None,
    };
    Some(Value::Float(real))
}

fn total<'a>(machine: &mut Machine<'a>, name: &str, args: &Args<'a>) -> Eval<'a> {
    let given = args.positional.first().cloned().unwrap_or(Value::None);
    let Some(all) = items::of(machine, &given)? else { return Ok(given) };
    if name == "fsum" {
        return Ok(exact_sum(&all).unwrap_or_else(|| machine.unknown("a sum")));
    }
    let mut out = args.named("start").cloned().unwrap_or(Value::Int(1));
    for it in &all {
        out = operator::binary(machine, ruff_python_ast::Operator::Mult, &out, it)?;
    }
    Ok(out)
}

/// Source: Shewchuk's partial sums, as `math.fsum`.
fn exact_sum<'a>(all: &[Value<'_>]) -> Option<Value<'a>> {
    let mut parts: Vec<f64> = Vec::new();
    for it in all {
        let mut high = it.as_float()?;
        let mut kept = Vec::new();
        for part in parts {
            let (large, small) = if high.abs() < part.abs() { (part, high) } else { (high, part) };
            let sum = large + small;
            let rest = small - (sum - large);
            if rest != 0.0 {
                kept.push(rest);
            }
            high = sum;
        }
        kept.push(high);
        parts = kept;
    }
    Some(Value::Float(parts.iter().rev().sum()))
}
