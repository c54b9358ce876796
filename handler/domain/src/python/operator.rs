//! Operators between values that are known: `"a" + NAME`, `60 * 60`, `f"{NAME}-daily"`.

use ruff_python_ast::{
    BoolOp, ConversionFlag, Expr, ExprBinOp, ExprBoolOp, ExprFString, FStringPart,
    InterpolatedElement, InterpolatedStringElement, Operator,
};
use serde_json::Value;

use super::arithmetic;
use super::call;
use super::collection::{MAX_SIZE, size};
use super::default::{Evaluated, value};
use super::scope::Scope;
use crate::evaluate::plain_path;

/// The value of `left op right`; operators of a row do not count as depth.
pub(super) fn binary(it: &ExprBinOp, scope: &Scope<'_>, depth: usize) -> Evaluated {
    let mut rest = vec![(it.op, &*it.right)];
    let mut first = &*it.left;
    while let Expr::BinOp(it) = first {
        rest.push((it.op, &it.right));
        first = &it.left;
    }
    let mut out = value(first, scope, depth + 1);
    for (op, right) in rest.into_iter().rev() {
        if out == Evaluated::Unknown {
            break;
        }
        let right = value(right, scope, depth + 1);
        out = applied(op, out, right).filter(|it| afford(it, scope)).unwrap_or(Evaluated::Unknown);
    }
    out
}

/// Whether there is memory for what an operator has made.
fn afford(made: &Evaluated, scope: &Scope<'_>) -> bool {
    match made {
        Evaluated::Json(it) => scope.budget().spend(size(it)),
        _ => true,
    }
}

/// What `left op right` gives; `None` when only running it tells.
pub(super) fn applied(op: Operator, left: Evaluated, right: Evaluated) -> Option<Evaluated> {
    Some(match (op, left, right) {
        (Operator::Add, Evaluated::Json(Value::String(a)), Evaluated::Json(Value::String(b))) => {
            Evaluated::Json((a + &b).into())
        }
        (Operator::Add, Evaluated::Json(Value::Array(mut a)), Evaluated::Json(Value::Array(b))) => {
            a.extend(b);
            Evaluated::Json(a.into())
        }
        (Operator::Mult, Evaluated::Json(it), Evaluated::Json(Value::Number(count)))
        | (Operator::Mult, Evaluated::Json(Value::Number(count)), Evaluated::Json(it))
            if it.is_string() || it.is_array() =>
        {
            Evaluated::Json(repeated(&it, count.as_i64()?)?)
        }
        // nothing else that is shown as a text can be divided than a path
        (
            Operator::Div,
            Evaluated::Text(folder),
            Evaluated::Json(Value::String(name)) | Evaluated::Text(name),
        ) => Evaluated::Text(joined(&folder, &name)),
        (op, left, right) => arithmetic::applied(op, &left, &right)?,
    })
}

fn repeated(it: &Value, count: i64) -> Option<Value> {
    let count = usize::try_from(count.max(0)).ok()?;
    if size(it).checked_mul(count)? > MAX_SIZE {
        return None;
    }
    Some(match it {
        Value::String(it) => it.repeat(count).into(),
        Value::Array(it) => std::iter::repeat_n(it, count).flatten().cloned().collect(),
        _ => return None,
    })
}

fn joined(folder: &str, name: &str) -> String {
    if name.starts_with('/') { plain_path(name) } else { plain_path(&format!("{folder}/{name}")) }
}

/// The text of an f-string.
pub(super) fn formatted(it: &ExprFString, scope: &Scope<'_>, depth: usize) -> Evaluated {
    let mut out = String::new();
    for part in &it.value {
        let done = match part {
            FStringPart::Literal(it) => add(&mut out, &it.value, scope),
            FStringPart::FString(it) => {
                it.elements.iter().try_for_each(|it| element(&mut out, it, scope, depth))
            }
        };
        if done.is_none() {
            return Evaluated::Unknown;
        }
    }
    Evaluated::Json(out.into())
}

fn element(
    out: &mut String,
    it: &InterpolatedStringElement,
    scope: &Scope<'_>,
    depth: usize,
) -> Option<()> {
    match it {
        InterpolatedStringElement::Literal(it) => add(out, &it.value, scope),
        InterpolatedStringElement::Interpolation(it) if is_plain(it) => {
            add(out, &call::text(&value(&it.expression, scope, depth + 1))?, scope)
        }
        InterpolatedStringElement::Interpolation(_) => None,
    }
}

fn is_plain(it: &InterpolatedElement) -> bool {
    let plain = matches!(it.conversion, ConversionFlag::None | ConversionFlag::Str);
    plain && it.format_spec.is_none() && it.debug_text.is_none()
}

fn add(out: &mut String, text: &str, scope: &Scope<'_>) -> Option<()> {
    out.push_str(text);
    (scope.budget().spend_text(text) && out.len() / 64 < MAX_SIZE).then_some(())
}

/// `a or b`, `a and b`: the first that decides.
pub(super) fn either(it: &ExprBoolOp, scope: &Scope<'_>, depth: usize) -> Evaluated {
    let decides = it.op == BoolOp::Or;
    let mut last = Evaluated::Unknown;
    for (at, operand) in it.values.iter().enumerate() {
        last = value(operand, scope, depth + 1);
        if at + 1 == it.values.len() {
            break;
        }
        match call::truth(&last) {
            Some(truth) if truth == decides => break,
            Some(_) => {}
            None => return Evaluated::Unknown,
        }
    }
    last
}
