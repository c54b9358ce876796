//! Of which classes the objects are that an expression makes: their JSON does not tell.

use std::collections::BTreeMap;

use ruff_python_ast::{Expr, Operator};
use ruff_text_size::TextSize;

use crate::python::names::Bound;
use crate::python::parametric::arguments;
use crate::python::scope::{Found, Scope};

/// Deepest nesting of an expression, and most names of names.
const MAX_DEPTH: usize = 20;

/// What an expression makes.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Origin {
    /// An object of the class of the bundle that starts there: its module, and the place in it.
    Class(usize, TextSize),
    /// A list of these, once or more often.
    Items(Vec<Origin>),
    /// A mapping.
    Values(BTreeMap<String, Origin>),
    /// Something else.
    Other,
}

impl Origin {
    /// What `expr` makes, which is read in `scope`.
    pub(super) fn of(expr: &Expr, scope: &Scope<'_>, depth: usize) -> Self {
        if depth > MAX_DEPTH || !scope.step() {
            return Self::Other;
        }
        let inner = |it: &Expr| Self::of(it, scope, depth + 1);
        match expr {
            Expr::List(it) if !it.elts.iter().any(Expr::is_starred_expr) => {
                Self::Items(it.elts.iter().map(inner).collect())
            }
            Expr::Tuple(it) if !it.elts.iter().any(Expr::is_starred_expr) => {
                Self::Items(it.elts.iter().map(inner).collect())
            }
            Expr::BinOp(it) if it.op == Operator::Mult => {
                match (inner(&it.left), inner(&it.right)) {
                    (items @ Self::Items(_), Self::Other)
                    | (Self::Other, items @ Self::Items(_)) => items,
                    _ => Self::Other,
                }
            }
            Expr::Dict(it) => {
                let pairs = it.items.iter().filter_map(|it| {
                    let key = it.key.as_ref()?.as_string_literal_expr()?;
                    Some((key.value.to_str().to_owned(), inner(&it.value)))
                });
                Self::Values(pairs.collect())
            }
            Expr::Call(it) => class_of(&it.func, scope).unwrap_or(Self::Other),
            Expr::Name(_) => match scope.resolve(expr) {
                Some(Found::Here(home, Bound::Value(value))) if !home.is_unsure(value) => {
                    Self::of(value, &home, depth + 1)
                }
                _ => Self::Other,
            },
            _ => Self::Other,
        }
    }

    /// What is at the place `at` of the list.
    pub(super) fn item(&self, at: usize) -> Option<&Self> {
        let Self::Items(all) = self else { return None };
        all.get(at.checked_rem(all.len())?)
    }

    /// What the mapping has under `key`.
    pub(super) fn value(&self, key: &str) -> Option<&Self> {
        let Self::Values(all) = self else { return None };
        all.get(key)
    }

    /// Whether it is an object of the class that `of` names, which may be annotated.
    pub(super) fn is_of(&self, of: &Expr, scope: &Scope<'_>) -> bool {
        let class = match of {
            Expr::Subscript(it)
                if scope.dotted(&it.value).is_some_and(|it| it.ends_with(".Annotated")) =>
            {
                arguments(&it.slice).first().and_then(|it| class_of(it, scope))
            }
            of => class_of(of, scope),
        };
        class.as_ref() == Some(self)
    }
}

/// An object of the class that `name` means.
fn class_of(name: &Expr, scope: &Scope<'_>) -> Option<Origin> {
    let name = name.as_subscript_expr().map_or(name, |it| &it.value);
    let (home, class) = scope.class(name)?;
    Some(Origin::Class(home.module(), class.range.start()))
}
