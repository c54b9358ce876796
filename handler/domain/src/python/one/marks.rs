//! Whether a signature has a type of pydantic 1. Source: `has_v1_type_as_param` of Prefect 2.20.

use ruff_python_ast::{Expr, ExprBinOp, Operator, StmtClassDef, StmtFunctionDef};

use super::outside;
use crate::python::block;
use crate::python::names::Bound;
use crate::python::packaged;
use crate::python::parameters;
use crate::python::parametric::arguments;
use crate::python::parse;
use crate::python::partial;
use crate::python::reference::Texts;
use crate::python::scope::{Found, Scope};
use crate::python::union::alternatives;

/// Deepest inheritance, and most names of names.
const MAX_DEPTH: usize = 20;

/// Whether a parameter of `function` is of such a type, or of a type that has one for an argument.
pub(in crate::python) fn marks(
    function: &StmtFunctionDef,
    scope: &Scope<'_>,
    (texts, is_partial): (Texts, bool),
) -> bool {
    let all = parameters::in_order(&function.parameters).filter_map(|(it, _)| it.annotation());
    let mut read = all.filter(|it| !is_partial || partial::missing(it, scope).is_none());
    texts != Texts::All && read.any(|it| in_type(it, scope, texts, 0))
}

fn in_type(expr: &Expr, scope: &Scope<'_>, texts: Texts, depth: usize) -> bool {
    if depth > MAX_DEPTH || !scope.step() {
        return false;
    }
    let inner = |it: &Expr| is_type(it, scope, depth + 1);
    match expr {
        Expr::StringLiteral(it) if texts == Texts::Evaluated => {
            parse::expression(it.value.to_str())
                .is_some_and(|it| in_type(&it, scope, Texts::Raw, depth + 1))
        }
        Expr::BinOp(it) if it.op == Operator::BitOr => members(it).into_iter().any(inner),
        Expr::Subscript(it) => {
            is_type(&it.value, scope, depth + 1)
                || arguments(&it.slice).into_iter().any(|it| in_argument(it, scope, depth + 1))
        }
        Expr::Name(_) | Expr::Attribute(_) => match scope.resolve(expr) {
            Some(Found::Here(home, Bound::Value(value))) => {
                in_type(value, &home, Texts::Raw, depth + 1)
            }
            _ => is_type(expr, scope, depth),
        },
        _ => is_type(expr, scope, depth),
    }
}

fn members(it: &ExprBinOp) -> Vec<&Expr> {
    alternatives(it)
}

/// An argument; of a union inside a union the members.
fn in_argument(expr: &Expr, scope: &Scope<'_>, depth: usize) -> bool {
    if depth > MAX_DEPTH || !scope.step() {
        return false;
    }
    let is_union = |it: &Expr| {
        scope.dotted(it).is_some_and(|it| it.ends_with(".Union") || it.ends_with(".Optional"))
    };
    match expr {
        Expr::Subscript(it) if is_union(&it.value) => {
            arguments(&it.slice).into_iter().any(|it| in_argument(it, scope, depth + 1))
        }
        Expr::BinOp(it) if it.op == Operator::BitOr => {
            members(it).into_iter().any(|it| in_argument(it, scope, depth + 1))
        }
        _ => is_type(expr, scope, depth),
    }
}

/// Whether `expr` is a model, or a type of pydantic 1.
fn is_type(expr: &Expr, scope: &Scope<'_>, depth: usize) -> bool {
    if depth > MAX_DEPTH || !scope.step() {
        return false;
    }
    match expr {
        Expr::Call(it) => scope.dotted(&it.func).is_some_and(|it| is_maker(&it)),
        Expr::Subscript(it) => is_generic(&it.value, scope, depth),
        Expr::Name(_) | Expr::Attribute(_) => match scope.resolve(expr) {
            Some(Found::Here(home, Bound::Class(class))) => is_model(class, &home, depth + 1),
            Some(Found::Here(home, Bound::Value(value))) => is_type(value, &home, depth + 1),
            Some(Found::Outside(dotted)) => is_outside(&dotted),
            _ => false,
        },
        _ => false,
    }
}

/// Whether arguments make a class of pydantic 1 of what `expr` names: `Json`, a generic model.
fn is_generic(expr: &Expr, scope: &Scope<'_>, depth: usize) -> bool {
    match scope.resolve(expr) {
        Some(Found::Here(home, Bound::Class(class))) => is_model(class, &home, depth + 1),
        Some(Found::Outside(dotted)) => outside::own(&dotted) == Some("Json"),
        _ => false,
    }
}

/// `constr(…)`
fn is_maker(dotted: &str) -> bool {
    outside::own(dotted).is_some_and(|it| it.starts_with("con"))
}

fn is_outside(dotted: &str) -> bool {
    outside::is_marking(dotted) || block::is_base(dotted) || packaged::is_older_model(dotted)
}

/// Whether `class` is a model of pydantic 1.
fn is_model(class: &StmtClassDef, scope: &Scope<'_>, depth: usize) -> bool {
    let is_base = |dotted: &str| {
        matches!(
            dotted,
            "pydantic.v1.BaseModel"
                | "pydantic.v1.main.BaseModel"
                | "pydantic.v1.BaseSettings"
                | "pydantic.v1.env_settings.BaseSettings"
                | "pydantic.v1.generics.GenericModel"
        ) || block::is_base(dotted)
            || packaged::is_older_model(dotted)
    };
    class.arguments.iter().flat_map(|it| &it.args).any(|base| {
        let base = base.as_subscript_expr().map_or(base, |it| &it.value);
        match scope.resolve(base) {
            Some(Found::Outside(dotted)) => is_base(&dotted),
            Some(Found::Here(home, Bound::Class(parent))) => {
                depth < MAX_DEPTH && scope.step() && is_model(parent, &home, depth + 1)
            }
            _ => false,
        }
    })
}
