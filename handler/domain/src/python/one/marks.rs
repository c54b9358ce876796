//! Whether a signature has a type of pydantic 1. Source: `has_v1_type_as_param` of Prefect 2.20 and 3.9.

use ruff_python_ast::{Expr, Operator, StmtClassDef, StmtFunctionDef};

use super::outside;
use super::refused::refused;
use crate::dialect::Dialect;
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
    dialect: Dialect,
) -> bool {
    let all = parameters::in_order(&function.parameters).filter_map(|(it, _)| it.annotation());
    let mut read = all.filter(|it| !is_partial || partial::missing(it, scope).is_none());
    texts != Texts::All && read.any(|it| in_type(it, scope, (texts, dialect), 0))
}

fn in_type(
    expr: &Expr,
    scope: &Scope<'_>,
    (texts, dialect): (Texts, Dialect),
    depth: usize,
) -> bool {
    if depth > MAX_DEPTH || !scope.step() {
        return false;
    }
    match expr {
        Expr::StringLiteral(it) if texts == Texts::Evaluated => {
            parse::expression(it.value.to_str())
                .is_some_and(|it| in_type(&it, scope, (Texts::Raw, dialect), depth + 1))
        }
        Expr::BinOp(it) if it.op == Operator::BitOr => {
            alternatives(it).into_iter().any(|it| in_argument(it, scope, dialect, depth + 1))
        }
        Expr::Subscript(it) => {
            let is_union = is_union(&it.value, scope);
            let mut inner = arguments(&it.slice).into_iter();
            is_type(expr, scope, dialect, depth + 1)
                || if is_union {
                    inner.any(|it| in_argument(it, scope, dialect, depth + 1))
                } else {
                    inner.any(|it| is_type(it, scope, dialect, depth + 1))
                }
        }
        Expr::Name(_) | Expr::Attribute(_) => match scope.resolve(expr) {
            Some(Found::Here(home, Bound::Value(value))) => {
                in_type(value, &home, (Texts::Raw, dialect), depth + 1)
            }
            _ => is_type(expr, scope, dialect, depth),
        },
        _ => is_type(expr, scope, dialect, depth),
    }
}

/// Whether `expr` is `Union` or `Optional`, which hold the members of those inside.
fn is_union(expr: &Expr, scope: &Scope<'_>) -> bool {
    scope.dotted(expr).is_some_and(|it| it.ends_with(".Union") || it.ends_with(".Optional"))
}

/// An argument; of a union inside a union the members.
fn in_argument(expr: &Expr, scope: &Scope<'_>, dialect: Dialect, depth: usize) -> bool {
    if depth > MAX_DEPTH || !scope.step() {
        return false;
    }
    match expr {
        Expr::Subscript(it) if is_union(&it.value, scope) => {
            arguments(&it.slice).into_iter().any(|it| in_argument(it, scope, dialect, depth + 1))
        }
        Expr::BinOp(it) if it.op == Operator::BitOr => {
            alternatives(it).into_iter().any(|it| in_argument(it, scope, dialect, depth + 1))
        }
        _ => is_type(expr, scope, dialect, depth),
    }
}

/// Whether `expr` is a model, or a type of pydantic 1.
fn is_type(expr: &Expr, scope: &Scope<'_>, dialect: Dialect, depth: usize) -> bool {
    if depth > MAX_DEPTH || !scope.step() {
        return false;
    }
    match expr {
        Expr::Call(it) => scope.dotted(&it.func).is_some_and(|it| is_maker(&it)),
        Expr::Subscript(it) => is_generic(&it.value, scope, dialect, depth),
        Expr::Name(_) | Expr::Attribute(_) => match scope.resolve(expr) {
            Some(Found::Here(home, Bound::Class(class))) => {
                is_below(class, &home, base_of(dialect), depth + 1)
                    && refused(class, &home, dialect).is_none()
            }
            Some(Found::Here(home, Bound::Value(value))) => {
                is_type(value, &home, dialect, depth + 1)
            }
            Some(Found::Outside(dotted)) => is_outside(&dotted, dialect),
            _ => false,
        },
        _ => false,
    }
}

/// Whether arguments make a class of pydantic 1 of what `expr` names: `Json`, a generic model.
fn is_generic(expr: &Expr, scope: &Scope<'_>, dialect: Dialect, depth: usize) -> bool {
    match scope.resolve(expr) {
        Some(Found::Here(home, Bound::Class(class))) => {
            is_below(class, &home, base_of(dialect), depth + 1)
        }
        Some(Found::Outside(dotted)) => outside::own(&dotted) == Some("Json"),
        _ => false,
    }
}

/// `constr(…)`
fn is_maker(dotted: &str) -> bool {
    outside::own(dotted).is_some_and(|it| it.starts_with("con"))
}

fn is_outside(dotted: &str, dialect: Dialect) -> bool {
    outside::is_marking(dotted) || (!dialect.is_three() && is_of_prefect(dotted))
}

/// Whether the class `dotted` of Prefect 2 is a model.
fn is_of_prefect(dotted: &str) -> bool {
    block::is_base(dotted) || packaged::is_older_model(dotted)
}

/// Whether `dotted` makes a model of pydantic 1 of what inherits it with Prefect 2.
fn is_any(dotted: &str) -> bool {
    outside::is_model(dotted) || is_of_prefect(dotted)
}

/// Whether `class` is a model of pydantic 1.
pub(in crate::python) fn is_model(
    class: &StmtClassDef,
    scope: &Scope<'_>,
    dialect: Dialect,
) -> bool {
    is_below(class, scope, base_of(dialect), 0)
}

/// Whether a class makes a model of pydantic 1 of what inherits it.
fn base_of(dialect: Dialect) -> fn(&str) -> bool {
    if dialect.is_three() { outside::is_model } else { is_any }
}

pub(super) fn is_below(
    class: &StmtClassDef,
    scope: &Scope<'_>,
    is_base: fn(&str) -> bool,
    depth: usize,
) -> bool {
    class.arguments.iter().flat_map(|it| &it.args).any(|base| {
        let base = base.as_subscript_expr().map_or(base, |it| &it.value);
        match scope.resolve(base) {
            Some(Found::Outside(dotted)) => is_base(&dotted),
            Some(Found::Here(home, Bound::Class(parent))) => {
                depth < MAX_DEPTH && scope.step() && is_below(parent, &home, is_base, depth + 1)
            }
            _ => false,
        }
    })
}
