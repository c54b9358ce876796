//! The default of a parameter.

use ruff_python_ast::Expr;
use serde_json::{Map, Value};

use super::default::{Evaluated, evaluate};
use super::field_extra;
use super::parse::File;
use super::partial;
use super::scope::Scope;
use super::signature::Builder;
use super::variable;
use super::{EvaluatedDefault, EvaluatedFlow};
use crate::diagnostic::{Diagnostic, rules};

impl Builder<'_, '_> {
    /// Adds the default; gives whether the parameter is required all the same.
    pub(super) fn default(
        &mut self,
        name: &str,
        expr: &Expr,
        property: &mut Map<String, Value>,
        found: &mut Vec<Diagnostic>,
    ) -> bool {
        if let Expr::Call(call) = expr
            && self.types.scope.dotted(&call.func).as_deref() == Some("pydantic.Field")
        {
            if self.known.is_some_and(|it| it.local(expr).is_some()) {
                found.push(unread((self.file, &self.types.scope), expr));
            }
            return self.field(call, property);
        }
        let scope = self.types.scope;
        if is_ellipsis(expr, &scope) {
            return true;
        }
        let known = (self.known, self.is_partial);
        if let Some(shown) = shown((name, expr), (self.file, &scope), known, found) {
            // one that it has is that of `json_schema_extra`
            property.entry("default").or_insert(shown);
        }
        false
    }

    /// `= Field(…)`: 3.x keeps default, description and extra; 2.x keeps nothing.
    fn field(&self, call: &ruff_python_ast::ExprCall, property: &mut Map<String, Value>) -> bool {
        if !self.types.dialect.is_three() {
            return false;
        }
        let scope = self.types.scope;
        let keyword = |name: &str| {
            let found = call.arguments.keywords.iter();
            found
                .filter(|it| it.arg.as_ref().is_some_and(|it| it.as_str() == name))
                .map(|it| &it.value)
                .next()
        };
        for name in ["description", "json_schema_extra"] {
            match keyword(name).and_then(|it| evaluate(it, &scope).into_json()) {
                Some(Value::Object(extra)) => property.extend(extra),
                Some(value) => {
                    property.insert(name.into(), value);
                }
                None => {}
            }
        }
        for (name, expr) in field_extra::of(call) {
            if let Some(value) = evaluate(expr, &scope).into_json() {
                property.insert(name.into(), value);
            }
        }
        match call.arguments.args.first().or_else(|| keyword("default")) {
            None => true,
            Some(it) if is_ellipsis(it, &scope) => true,
            Some(default) => {
                if let Some(value) = evaluate(default, &scope).into_json() {
                    property.entry("default").or_insert(value);
                }
                false
            }
        }
    }
}

/// What is shown of the default `expr` of the parameter `name`, of which evaluation tells what is `known`.
pub(super) fn shown(
    (name, expr): (&str, &Expr),
    (file, scope): (&File<'_>, &Scope<'_>),
    (known, is_partial): (Option<&EvaluatedFlow>, bool),
    found: &mut Vec<Diagnostic>,
) -> Option<Value> {
    let is_left_out = is_partial && partial::missing(expr, scope).is_some();
    scope.take_variables();
    let value = if is_left_out { Evaluated::Unknown } else { evaluate(expr, scope) };
    let variables = scope.take_variables();
    let flow = known.filter(|_| !is_left_out);
    let is_inside = flow.and_then(|it| it.code.as_ref()).is_some_and(|it| it.is_inside);
    let known = flow.and_then(|it| it.defaults.get(name));
    let value = if known == Some(&EvaluatedDefault::Local) { Evaluated::Unknown } else { value };
    if let Some(EvaluatedDefault::Json(it)) = known
        && (is_inside || is_better_known(&value, it))
    {
        return Some(it.clone());
    }
    let is_opaque = known == Some(&EvaluatedDefault::NoJson);
    if is_opaque && is_inside {
        return None;
    }
    if value == Evaluated::Unknown && variables.is_empty() {
        if is_opaque {
            return None;
        }
        found.push(unread((file, scope), expr));
    }
    let is_unknown = value == Evaluated::Unknown;
    let shown = if is_unknown { Some(Value::Null) } else { value.shown_in(scope) }?;
    found.extend(variable::dependence(file.at(expr), &variables, &shown));
    Some(shown)
}

/// What is said of the default `expr`.
fn unread((file, scope): (&File<'_>, &Scope<'_>), expr: &Expr) -> Diagnostic {
    let message = "this default cannot be read without running it; it is shown as null";
    let warning = Diagnostic::warning(rules::UNRESOLVED_DEFAULT, file.at(expr), message);
    scope.explained(warning, expr)
}

/// `...`: pydantic takes it for no default.
pub(super) fn is_ellipsis(expr: &Expr, scope: &Scope<'_>) -> bool {
    expr.is_ellipsis_literal_expr()
        || scope.dotted(expr).is_some_and(|it| it == "builtins.Ellipsis")
}

/// Whether what running the file gives says more than its source: where that says nothing, and of flags, numbers and
/// texts, which a file may change.
fn is_better_known(read: &Evaluated, known: &Value) -> bool {
    match read {
        Evaluated::Unknown => true,
        Evaluated::Json(Value::Bool(_)) => known.is_boolean(),
        Evaluated::Json(Value::String(_)) => known.is_string(),
        Evaluated::Json(Value::Number(read)) => known.is_i64() && read.is_i64(),
        _ => false,
    }
}
