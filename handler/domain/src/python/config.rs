//! What `model_config` says about a model's schema. Source: pydantic's `ConfigDict`.

use ruff_python_ast::Expr;
use serde_json::{Map, Value};

use super::annotation::NoSchema;
use super::casing::Casing;
use super::default::{Evaluated, evaluate};
use super::record::Record;
use super::scope::Scope;

/// Settings that a schema depends on in ways that are not read here.
const UNREAD: [&str; 9] = [
    "**",
    "field_title_generator",
    "json_schema_mode_override",
    "model_title_generator",
    "schema_generator",
    "ser_json_temporal",
    "ser_json_timedelta",
    "val_json_bytes",
    "json_schema_serialization_defaults_required",
];

/// What `model_config` says about a model's schema; all other settings change none.
#[derive(Debug, Default)]
pub(super) struct Config {
    /// `extra=`: whether other fields are allowed, if it is said.
    pub(super) additional: Option<bool>,
    /// `title=`
    pub(super) title: Option<String>,
    /// `json_schema_extra=`
    pub(super) extra: Map<String, Value>,
    /// `alias_generator=`
    pub(super) alias: Option<Casing>,
    /// `use_attribute_docstrings=`
    pub(super) docstrings: bool,
}

/// What is said about the schema of `record`.
///
/// # Errors
/// When a setting that matters is only known by running it.
pub(super) fn read(record: &Record<'_>) -> Result<Config, NoSchema> {
    let additional = match record.block {
        Some(_) => Some(true),
        None => record.is_closed.then_some(false),
    };
    let mut out = Config { additional, ..Config::default() };
    record.settings(|name, expr, scope| out.set(name, expr, scope))?;
    Ok(out)
}

impl Config {
    /// Takes in one setting; `None` when it is not known.
    fn set(&mut self, name: &str, expr: &Expr, scope: &Scope<'_>) -> Option<()> {
        if name == "alias_generator" {
            self.alias =
                if expr.is_none_literal_expr() { None } else { Some(Casing::of(expr, scope)?) };
            return Some(());
        }
        if UNREAD.contains(&name) {
            return None;
        }
        if !matches!(name, "extra" | "title" | "json_schema_extra" | "use_attribute_docstrings") {
            return Some(());
        }
        let Evaluated::Json(value) = evaluate(expr, scope) else { return None };
        match (name, value) {
            ("extra", Value::String(it)) => {
                self.additional = match it.as_str() {
                    "forbid" => Some(false),
                    "allow" => Some(true),
                    _ => None,
                };
            }
            ("title", Value::String(it)) => self.title = Some(it),
            ("json_schema_extra", Value::Object(it)) => self.extra = it,
            ("use_attribute_docstrings", Value::Bool(it)) => self.docstrings = it,
            (_, Value::Null) => {}
            _ => return None,
        }
        Some(())
    }
}
