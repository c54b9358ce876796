//! `class Config` of models of pydantic 1.

use ruff_python_ast::Expr;
use serde_json::{Map, Value};

use super::said::Said;
use crate::python::annotation::NoSchema;
use crate::python::casing::Casing;
use crate::python::default::evaluate;
use crate::python::record::{self, Record};
use crate::python::scope::Scope;

/// What a model says of its schema.
#[derive(Debug, Clone, Default)]
pub(super) struct Config {
    pub(super) title: Option<String>,
    /// `extra = "forbid"`
    pub(super) is_closed: bool,
    /// `schema_extra`
    pub(super) extra: Map<String, Value>,
    /// Whether it is said at all.
    pub(super) has_extra: bool,
    /// `arbitrary_types_allowed`
    pub(super) allows_any: bool,
    /// `fields`: what is said of each.
    fields: Map<String, Value>,
    /// `alias_generator`
    alias: Option<Casing>,
}

/// What is said in `record`, the last first.
///
/// # Errors
/// When a setting that matters is only known by running it.
pub(super) fn read(record: &Record<'_>) -> Result<Config, NoSchema> {
    let mut out = Config::default();
    record.settings(|name, expr, scope| out.set(name, expr, scope))?;
    Ok(out)
}

/// Whether the module of the field `it` of `record` calls `update_forward_refs` of one of their models.
pub(super) fn is_updated(it: &record::Field<'_>, record: &Record<'_>) -> bool {
    let Some(file) = it.scope.file() else { return false };
    let calls = file.body.iter().filter_map(|it| it.as_expr_stmt()?.value.as_call_expr());
    let mut updated = calls.filter_map(|it| {
        let attribute = it.func.as_attribute_expr()?;
        let name = attribute.value.as_name_expr()?;
        (attribute.attr.as_str() == "update_forward_refs").then_some(name.id.as_str())
    });
    updated.any(|name| name == record.title || name == it.owner)
}

impl Config {
    /// Takes in one setting; `None` when it is not known.
    fn set(&mut self, name: &str, expr: &Expr, scope: &Scope<'_>) -> Option<()> {
        match name {
            "alias_generator" if expr.is_none_literal_expr() => {}
            "alias_generator" => self.alias = Some(Casing::of(expr, scope)?),
            "extra" => {
                let member = expr.as_attribute_expr().map(|it| it.attr.as_str());
                let said = evaluate(expr, scope).into_json();
                let said = said.as_ref().and_then(Value::as_str).or(member)?;
                self.is_closed = said == "forbid";
            }
            "arbitrary_types_allowed" => {
                self.allows_any = evaluate(expr, scope).into_json() != Some(Value::Bool(false));
            }
            "title" | "schema_extra" | "fields" => {
                match (name, evaluate(expr, scope).shown_in(scope)?) {
                    ("title", Value::String(it)) => self.title = Some(it),
                    ("schema_extra", Value::Object(it)) => {
                        (self.extra, self.has_extra) = (it, true);
                    }
                    ("fields", Value::Object(it)) => self.fields = it,
                    (_, Value::Null) => {}
                    _ => return None,
                }
            }
            "**" | "get_field_info" | "prepare_field" => return None,
            _ => {}
        }
        Some(())
    }

    /// What is said of the field `name` here.
    ///
    /// # Errors
    /// When only running it tells.
    pub(super) fn said(&self, name: &str) -> Result<Said, NoSchema> {
        let mut out = Said::default();
        match self.fields.get(name) {
            Some(Value::String(it)) => out.alias = Some(it.clone()),
            Some(Value::Object(all)) => {
                for (key, it) in all {
                    let unread = || NoSchema::Unread(format!("`{key}` of `{name}`"));
                    out.take(key, it.clone()).ok_or_else(unread)?;
                }
            }
            _ => {}
        }
        if let (None, Some(casing)) = (&out.alias, self.alias) {
            out.alias = Some(casing.apply(name));
        }
        Ok(out)
    }
}
