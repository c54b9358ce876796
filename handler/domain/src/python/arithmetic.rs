//! Arithmetic of numbers and durations, as Python does it.

use ruff_python_ast::Operator;
use serde_json::Value;

use super::default::Evaluated;

/// `left op right`; `None` when Python would raise, or gives what JSON cannot hold.
pub(super) fn applied(op: Operator, left: &Evaluated, right: &Evaluated) -> Option<Evaluated> {
    match (left, right) {
        (Evaluated::Span(a), Evaluated::Span(b)) => span(op, *a, *b),
        (Evaluated::Span(a), Evaluated::Json(b)) | (Evaluated::Json(b), Evaluated::Span(a)) => {
            let product = a.checked_mul(whole(b)?.into())?;
            (op == Operator::Mult).then_some(Evaluated::Span(product))
        }
        (Evaluated::Complex(..), _) | (_, Evaluated::Complex(..)) => {
            complex(op, parts(left)?, parts(right)?)
        }
        (Evaluated::Json(a), Evaluated::Json(b)) => match (whole(a), whole(b)) {
            (Some(a), Some(b)) => integers(op, a, b),
            _ => reals(op, real(a)?, real(b)?),
        }
        .map(Evaluated::Json),
        _ => None,
    }
}

/// An integer; a truth is one, too.
fn whole(it: &Value) -> Option<i64> {
    it.as_bool().map(i64::from).or_else(|| it.as_i64())
}

fn real(it: &Value) -> Option<f64> {
    it.as_bool().map(|it| f64::from(u8::from(it))).or_else(|| it.as_f64())
}

fn integers(op: Operator, a: i64, b: i64) -> Option<Value> {
    // Python rounds down: the remainder has the sign of the divisor
    let rest = || a.checked_rem(b);
    let is_off = |rest: i64| rest != 0 && (rest < 0) != (b < 0);
    Some(match op {
        Operator::Add => a.checked_add(b)?.into(),
        Operator::Sub => a.checked_sub(b)?.into(),
        Operator::Mult => a.checked_mul(b)?.into(),
        Operator::Div => return reals(op, real(&a.into())?, real(&b.into())?),
        Operator::FloorDiv => (a.checked_div(b)? - i64::from(is_off(rest()?))).into(),
        Operator::Mod if is_off(rest()?) => (rest()? + b).into(),
        Operator::Mod => rest()?.into(),
        Operator::Pow => a.checked_pow(u32::try_from(b).ok()?)?.into(),
        Operator::LShift => a.checked_mul(1_i64.checked_shl(u32::try_from(b).ok()?)?)?.into(),
        _ => return None,
    })
}

fn reals(op: Operator, a: f64, b: f64) -> Option<Value> {
    let out = match op {
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mult => a * b,
        Operator::Div => a / b,
        _ => return None,
    };
    // JSON has no infinity, and division by zero raises
    out.is_finite().then(|| out.into())
}

fn span(op: Operator, a: i128, b: i128) -> Option<Evaluated> {
    Some(Evaluated::Span(match op {
        Operator::Add => a.checked_add(b)?,
        Operator::Sub => a.checked_sub(b)?,
        _ => return None,
    }))
}

fn parts(it: &Evaluated) -> Option<(f64, f64)> {
    match it {
        Evaluated::Complex(real, imaginary) => Some((*real, *imaginary)),
        Evaluated::Json(it) => Some((real(it)?, 0.0)),
        _ => None,
    }
}

fn complex(op: Operator, a: (f64, f64), b: (f64, f64)) -> Option<Evaluated> {
    Some(match op {
        Operator::Add => Evaluated::Complex(a.0 + b.0, a.1 + b.1),
        Operator::Sub => Evaluated::Complex(a.0 - b.0, a.1 - b.1),
        Operator::Mult => Evaluated::Complex(a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_rounds_down_and_never_overflows() {
        let of = |op, a: i64, b: i64| integers(op, a, b).and_then(|it| it.as_i64());
        for (a, b, quotient, rest) in [
            (7, 2, Some(3), Some(1)),
            (-7, 2, Some(-4), Some(1)),
            (7, -2, Some(-4), Some(-1)),
            (i64::MIN + 1, 3, Some(-3_074_457_345_618_258_603), Some(2)),
            (i64::MIN, -1, None, None),
            (1, 0, None, None),
        ] {
            assert_eq!(of(Operator::FloorDiv, a, b), quotient, "{a} // {b}");
            assert_eq!(of(Operator::Mod, a, b), rest, "{a} % {b}");
        }
    }
}
