//! Comparisons: `==`, `<`, `in`, `is`, and chains of them.

use std::cmp::Ordering;

use ruff_python_ast::{CmpOp, ExprCompare};

use super::call::Args;
use super::machine::{Eval, Machine, Stop};
use super::scope::ScopeId;
use super::value::Value;
use super::{attribute, expression, items};

/// `None` where it is not known.
type Truth<'a> = Result<Option<bool>, Stop<'a>>;

/// `a < b <= c`
pub(super) fn chain<'a>(
    machine: &mut Machine<'a>,
    it: &'a ExprCompare,
    scope: ScopeId,
) -> Eval<'a> {
    let mut left = expression::value(machine, &it.left, scope)?;
    for (op, right) in it.ops.iter().zip(&it.comparators) {
        let right = expression::value(machine, right, scope)?;
        machine.go(it, scope);
        match one(machine, *op, &left, &right)? {
            Some(true) => left = right,
            Some(false) => return Ok(Value::Bool(false)),
            None => {
                let unknown = [&left, &right].into_iter().find(|it| it.as_unknown().is_some());
                return Ok(match unknown {
                    Some(it) => it.clone(),
                    None => machine.unknown("a comparison"),
                });
            }
        }
    }
    Ok(Value::Bool(true))
}

fn one<'a>(machine: &mut Machine<'a>, op: CmpOp, left: &Value<'a>, right: &Value<'a>) -> Truth<'a> {
    let is_unknown = left.as_unknown().is_some() || right.as_unknown().is_some();
    match op {
        CmpOp::Is | CmpOp::IsNot if is_unknown => Ok(None),
        CmpOp::Is => Ok(Some(left.is_same(right))),
        CmpOp::IsNot => Ok(Some(!left.is_same(right))),
        CmpOp::Eq => equal(machine, left, right),
        CmpOp::NotEq => Ok(equal(machine, left, right)?.map(|it| !it)),
        CmpOp::In => contains(machine, right, left),
        CmpOp::NotIn => Ok(contains(machine, right, left)?.map(|it| !it)),
        CmpOp::Lt => Ok(order(machine, left, right)?.map(Ordering::is_lt)),
        CmpOp::LtE => Ok(order(machine, left, right)?.map(Ordering::is_le)),
        CmpOp::Gt => Ok(order(machine, left, right)?.map(Ordering::is_gt)),
        CmpOp::GtE => Ok(order(machine, left, right)?.map(Ordering::is_ge)),
    }
}

/// `left == right`
pub(super) fn equal<'a>(
    machine: &mut Machine<'a>,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Truth<'a> {
    machine.spend(1)?;
    if left.as_unknown().is_some() || right.as_unknown().is_some() {
        return Ok(None);
    }
    if let (Some(a), Some(b)) = (left.as_text(), right.as_text()) {
        return Ok(Some(a == b));
    }
    if let (Some(a), Some(b)) = (left.as_int(), right.as_int()) {
        return Ok(Some(a == b));
    }
    #[expect(clippy::float_cmp, reason = "as Python compares")]
    if let (Some(a), Some(b)) = (left.as_float(), right.as_float()) {
        return Ok(Some(a == b));
    }
    match (left, right) {
        (Value::List(a), Value::List(b)) => {
            let (a, b) = (a.borrow().clone(), b.borrow().clone());
            all_equal(machine, &a, &b)
        }
        (Value::Tuple(a), Value::Tuple(b)) => all_equal(machine, a, b),
        (Value::Set(a), Value::Set(b)) => {
            let (a, b) = (a.borrow(), b.borrow());
            Ok(Some(a.len() == b.len() && a.iter().all(|(key, _)| b.contains(key))))
        }
        (Value::Dict(a), Value::Dict(b)) => {
            let (a, b) = (a.borrow().clone(), b.borrow().clone());
            if a.len() != b.len() {
                return Ok(Some(false));
            }
            for (key, value) in a.iter() {
                let Some(other) = b.get(key) else { return Ok(Some(false)) };
                match machine.nested(|machine| equal(machine, value, other))? {
                    Some(true) => {}
                    other => return Ok(other),
                }
            }
            Ok(Some(true))
        }
        (Value::Bytes(a), Value::Bytes(b)) => Ok(Some(a == b)),
        (Value::Moment(a), Value::Moment(b)) => Ok(Some(a == b)),
        (Value::Path(a), Value::Path(b)) => Ok(Some(a == b)),
        (Value::Instance(it), _) if it.class.is_data() => {
            it.class.clone().equal(machine, left, right)
        }
        (Value::Instance(_), _) if attribute::has(machine, left, "__eq__") => {
            let given = attribute::call(machine, left, "__eq__", Args::of(vec![right.clone()]))?;
            Ok(given.truth())
        }
        (Value::Object(_), Value::Object(_)) if !left.is_same(right) => Ok(None),
        _ => Ok(Some(left.is_same(right))),
    }
}

fn all_equal<'a>(machine: &mut Machine<'a>, a: &[Value<'a>], b: &[Value<'a>]) -> Truth<'a> {
    if a.len() != b.len() {
        return Ok(Some(false));
    }
    for (a, b) in a.iter().zip(b) {
        match machine.nested(|machine| equal(machine, a, b))? {
            Some(true) => {}
            other => return Ok(other),
        }
    }
    Ok(Some(true))
}

/// `item in whole`
fn contains<'a>(machine: &mut Machine<'a>, whole: &Value<'a>, item: &Value<'a>) -> Truth<'a> {
    if item.as_unknown().is_some() || whole.as_unknown().is_some() {
        return Ok(None);
    }
    match whole {
        Value::Text(text) => match item.as_text() {
            Some(item) => Ok(Some(text.contains(&**item))),
            None => machine.raise("TypeError", "'in <string>' requires string as left operand"),
        },
        Value::Dict(it) | Value::Set(it) => {
            let it = it.borrow();
            let open = it.iter().any(|(key, _)| key.as_unknown().is_some());
            Ok(if it.contains(item) {
                Some(true)
            } else if open {
                None
            } else {
                Some(false)
            })
        }
        Value::Outside(name) if &**name == "os.environ" => {
            Ok(item.as_text().map(|name| machine.environment.contains_key(name)))
        }
        Value::Instance(_) if attribute::has(machine, whole, "__contains__") => {
            let given =
                attribute::call(machine, whole, "__contains__", Args::of(vec![item.clone()]))?;
            Ok(given.truth())
        }
        other => {
            let Some(all) = items::of(machine, other)? else { return Ok(None) };
            let mut known = true;
            for it in &all {
                match equal(machine, it, item)? {
                    Some(true) => return Ok(Some(true)),
                    Some(false) => {}
                    None => known = false,
                }
            }
            Ok(known.then_some(false))
        }
    }
}

/// How `left` and `right` are ordered; `None` when it is not known.
pub(super) fn order<'a>(
    machine: &mut Machine<'a>,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Result<Option<Ordering>, Stop<'a>> {
    machine.spend(1)?;
    if let (Some(a), Some(b)) = (left.as_int(), right.as_int()) {
        return Ok(Some(a.cmp(&b)));
    }
    if let (Some(a), Some(b)) = (left.as_float(), right.as_float()) {
        return Ok(a.partial_cmp(&b));
    }
    if let (Some(a), Some(b)) = (left.as_text(), right.as_text()) {
        return Ok(Some(a.cmp(b)));
    }
    match (left, right) {
        (Value::List(a), Value::List(b)) => {
            let (a, b) = (a.borrow().clone(), b.borrow().clone());
            ordered(machine, &a, &b)
        }
        (Value::Tuple(a), Value::Tuple(b)) => ordered(machine, a, b),
        (Value::Moment(a), Value::Moment(b)) => Ok(a.order(b)),
        (Value::Path(a), Value::Path(b)) => Ok(Some(a.cmp(b))),
        (Value::Set(a), Value::Set(b)) => {
            let (a, b) = (a.borrow(), b.borrow());
            let within = a.iter().all(|(key, _)| b.contains(key));
            Ok(Some(match (within, a.len().cmp(&b.len())) {
                (true, order) => order,
                (false, _) => Ordering::Greater,
            }))
        }
        (Value::Object(a), Value::Object(b)) => Ok(super::installed::order(a, b)),
        (Value::Instance(_), _) if attribute::has(machine, left, "__lt__") => {
            let less = attribute::call(machine, left, "__lt__", Args::of(vec![right.clone()]))?;
            Ok(less.truth().map(|it| if it { Ordering::Less } else { Ordering::Greater }))
        }
        _ if [left, right].iter().any(|it| is_open(it)) => Ok(None),
        _ => {
            let (a, b) = (left.type_name(), right.type_name());
            machine.raise("TypeError", format!("'<' not supported between '{a}' and '{b}'"))
        }
    }
}

fn is_open(it: &Value<'_>) -> bool {
    matches!(it, Value::Unknown(_) | Value::Object(_) | Value::Outside(_) | Value::Instance(_))
}

fn ordered<'a>(
    machine: &mut Machine<'a>,
    a: &[Value<'a>],
    b: &[Value<'a>],
) -> Result<Option<Ordering>, Stop<'a>> {
    for (a, b) in a.iter().zip(b) {
        match machine.nested(|machine| equal(machine, a, b))? {
            Some(true) => {}
            Some(false) => return machine.nested(|machine| order(machine, a, b)),
            None => return Ok(None),
        }
    }
    Ok(Some(a.len().cmp(&b.len())))
}
