//! The default of a parameter.

use ruff_python_ast::Expr;
use serde_json::{Map, Value};

use super::EvaluatedDefault;
use super::default::{Evaluated, evaluate};
use super::field_extra;
use super::partial;
use super::scope::Scope;
use super::signature::Builder;
use super::variable;
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
            return self.field(call, property);
        }
        let scope = self.types.scope;
        if is_ellipsis(expr, &scope) {
            return true;
        }
        let is_left_out = self.is_partial && partial::missing(expr, &scope).is_some();
        scope.take_variables();
        let value = if is_left_out { Evaluated::Unknown } else { evaluate(expr, &scope) };
        let variables = scope.take_variables();
        let known = self.known.filter(|_| !is_left_out).and_then(|it| it.defaults.get(name));
        if let Some(EvaluatedDefault::Json(it)) = known
            && is_better_known(&value, it)
        {
            property.insert("default".into(), it.clone());
            return false;
        }
        if value == Evaluated::Unknown && variables.is_empty() {
            if known == Some(&EvaluatedDefault::NoJson) {
                return false;
            }
            let message = "this default cannot be read without running it; it is shown as null";
            let warning =
                Diagnostic::warning(rules::UNRESOLVED_DEFAULT, self.file.at(expr), message);
            found.push(scope.explained(warning, expr));
        }
        let shown = if value == Evaluated::Unknown { Some(Value::Null) } else { value.into_json() };
        if let Some(shown) = shown {
            found.extend(variable::dependence(self.file.at(expr), &variables, &shown));
            property.insert("default".into(), shown);
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
                    property.insert("default".into(), value);
                }
                false
            }
        }
    }
}

/// `...`: pydantic takes it for no default.
fn is_ellipsis(expr: &Expr, scope: &Scope<'_>) -> bool {
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
