//! Conditions whose outcome is known before anything runs.

use ruff_python_ast::{BoolOp, CmpOp, Expr, ExprBoolOp, ExprCompare, Number, UnaryOp};

/// The oldest Python that a supported Prefect runs on: 3 and this.
const OLDEST: i64 = 9;

/// What is known of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It holds.
    Holds,
    /// It does not.
    Fails,
    /// `TYPE_CHECKING`: it does not hold, but what is behind it names types.
    Typing,
    /// `not TYPE_CHECKING`: it holds, but what is behind `else` names types.
    NotTyping,
    /// Only running it tells.
    Open,
}

/// What is known of `test`; `constant` gives what a name of the module is assigned, if that is one thing.
pub(super) fn outcome<'e>(test: &'e Expr, constant: &dyn Fn(&str) -> Option<&'e Expr>) -> Outcome {
    match test {
        Expr::UnaryOp(it) if it.op == UnaryOp::Not => match outcome(&it.operand, constant) {
            Outcome::Holds => Outcome::Fails,
            Outcome::Fails => Outcome::Holds,
            Outcome::Typing => Outcome::NotTyping,
            Outcome::NotTyping => Outcome::Typing,
            Outcome::Open => Outcome::Open,
        },
        Expr::BoolOp(it) => several(it, constant),
        Expr::Compare(it) => compared(it).map_or(Outcome::Open, known),
        Expr::Name(it) if it.id == "TYPE_CHECKING" => Outcome::Typing,
        Expr::Attribute(it) if it.attr.as_str() == "TYPE_CHECKING" => Outcome::Typing,
        Expr::Name(it) => {
            let truth = constant(it.id.as_str()).and_then(truth);
            truth.map_or(Outcome::Open, known)
        }
        _ => truth(test).map_or(Outcome::Open, known),
    }
}

fn known(holds: bool) -> Outcome {
    if holds { Outcome::Holds } else { Outcome::Fails }
}

/// `a and b`, `a or b`.
fn several<'e>(it: &'e ExprBoolOp, constant: &dyn Fn(&str) -> Option<&'e Expr>) -> Outcome {
    // what decides alone, and what does not matter beside others
    let (decides, rest) = match it.op {
        BoolOp::And => (Outcome::Fails, Outcome::Holds),
        BoolOp::Or => (Outcome::Holds, Outcome::Fails),
    };
    let plain = |it: &'e Expr| match outcome(it, constant) {
        Outcome::Typing => Outcome::Fails,
        Outcome::NotTyping => Outcome::Holds,
        other => other,
    };
    let all: Vec<Outcome> = it.values.iter().map(plain).collect();
    if all.contains(&decides) {
        decides
    } else if all.iter().all(|it| *it == rest) {
        rest
    } else {
        Outcome::Open
    }
}

/// The truth of a literal.
fn truth(it: &Expr) -> Option<bool> {
    Some(match it {
        Expr::BooleanLiteral(it) => it.value,
        Expr::NoneLiteral(_) => false,
        Expr::StringLiteral(it) => !it.value.is_empty(),
        Expr::NumberLiteral(it) => match &it.value {
            Number::Int(it) => it.as_i64() != Some(0),
            Number::Float(it) => *it != 0.0,
            Number::Complex { .. } => return None,
        },
        _ => return None,
    })
}

/// `__name__ == "__main__"`, `sys.version_info >= (3, 9)`, `sys.platform == "win32"`.
fn compared(it: &ExprCompare) -> Option<bool> {
    let (op, right) = (it.ops.first()?, it.comparators.first()?);
    if it.comparators.len() > 1 {
        return None;
    }
    match (named(&it.left), named(right)) {
        (Some("__name__"), _) if text(right)? == "__main__" => differs(*op, true),
        (_, Some("__name__")) if text(&it.left)? == "__main__" => differs(*op, true),
        // workers run on Linux
        (Some("platform"), _) => differs(*op, text(right)? != "linux"),
        (Some("version_info"), _) => newer(*op, right),
        _ => None,
    }
}

fn named(it: &Expr) -> Option<&str> {
    match it {
        Expr::Name(it) if it.id == "__name__" => Some("__name__"),
        Expr::Attribute(it) if it.value.as_name_expr().is_some_and(|it| it.id == "sys") => {
            Some(it.attr.as_str())
        }
        _ => None,
    }
}

fn text(it: &Expr) -> Option<&str> {
    Some(it.as_string_literal_expr()?.value.to_str())
}

/// What `==` or `!=` give when the sides differ, or do not.
fn differs(op: CmpOp, differ: bool) -> Option<bool> {
    match op {
        CmpOp::Eq => Some(!differ),
        CmpOp::NotEq => Some(differ),
        _ => None,
    }
}

/// Whether Python is newer than the version `right`: surely, if that is as old as the oldest.
fn newer(op: CmpOp, right: &Expr) -> Option<bool> {
    let number = |it: &Expr| match &it.as_number_literal_expr()?.value {
        Number::Int(it) => it.as_i64(),
        _ => None,
    };
    let parts = right.as_tuple_expr()?.elts.iter().map(number).collect::<Option<Vec<_>>>()?;
    let old = match parts.as_slice() {
        [major] => *major <= 3,
        [major, minor, ..] => *major < 3 || (*major == 3 && *minor <= OLDEST),
        [] => return None,
    };
    match op {
        CmpOp::GtE if old => Some(true),
        CmpOp::Lt if old => Some(false),
        _ => None,
    }
}
