//! What the fields of a model are called outside Python, and what is said of them.

use ruff_python_ast::Expr;
use serde_json::Value;

use crate::python::casing::Casing;
use crate::python::default::evaluate;
use crate::python::field;
use crate::python::record::Field;
use crate::python::scope::Scope;

/// The names of a field outside Python.
pub(super) struct Names {
    /// By which it is given.
    pub(super) taken: String,
    /// By which it is shown; `None` for one that is left out.
    pub(super) shown: Option<String>,
}

/// What `alias_generator=` is; `None` for one that is not known, or makes two names.
pub(super) fn generated(expr: &Expr, scope: &Scope<'_>) -> Option<Casing> {
    if let Expr::Call(call) = expr {
        let is_only = call.arguments.len() == 1;
        call.arguments.find_keyword("alias").filter(|_| is_only)?;
    }
    Casing::of(expr, scope)
}

/// `alias` is both names, unless one of them is said; so is what `casing` makes of its name.
pub(super) fn names(it: &Field<'_>, casing: Option<Casing>) -> Option<Names> {
    let name = casing.map_or_else(|| it.name.to_owned(), |casing| casing.apply(it.name));
    let has = |keyword| field::calls(it).any(|it| it.arguments.find_keyword(keyword).is_some());
    if has("exclude_if") || (casing.is_some() && has("alias_priority")) {
        return None;
    }
    let mut out = Names { taken: name.clone(), shown: Some(name) };
    for keyword in ["alias", "validation_alias", "serialization_alias"] {
        let said = field::calls(it).find_map(|call| call.arguments.find_keyword(keyword));
        let Some(said) = said else { continue };
        let Some(Value::String(text)) = evaluate(&said.value, &it.scope).into_json() else {
            return None;
        };
        if keyword != "serialization_alias" {
            out.taken.clone_from(&text);
        }
        if keyword != "validation_alias" {
            out.shown = Some(text);
        }
    }
    if it.scope.is_one {
        // `dict()` of pydantic 1 has the fields' own names
        out.shown = Some(it.name.to_owned());
    }
    if is_said(it, "exclude")? {
        out.shown = None;
    }
    Some(out)
}

/// Whether the flag `keyword` is set for a field; `None` when it is not known.
pub(super) fn is_said(it: &Field<'_>, keyword: &str) -> Option<bool> {
    let Some(said) = field::calls(it).find_map(|call| call.arguments.find_keyword(keyword)) else {
        return Some(false);
    };
    match evaluate(&said.value, &it.scope).into_json()? {
        Value::Null => Some(false),
        value => value.as_bool(),
    }
}
