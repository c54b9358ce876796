//! What `Field(…)` of pydantic 1 says.

use ruff_python_ast::{Expr, ExprCall, Identifier};
use serde_json::{Map, Value};

use crate::python::annotation::NoSchema;
use crate::python::default::{Evaluated, evaluate};
use crate::python::model::is_field;
use crate::python::scope::Scope;

/// What is said of a field besides its type.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Said {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    /// The key in JSON.
    pub(super) alias: Option<String>,
    pub(super) default: Default,
    /// Whether it is always its default.
    pub(super) is_const: bool,
    /// The constraints, by pydantic's names.
    pub(super) limits: Map<String, Value>,
    /// The field that tells the members of a union apart.
    pub(super) discriminator: Option<String>,
    /// All else, which becomes a part of the schema.
    pub(super) extra: Map<String, Value>,
}

/// What a field has that is not given.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Default {
    /// Nothing is said.
    #[default]
    Unsaid,
    /// `...`
    Required,
    /// What a factory makes, which is not shown.
    Made,
    Value(Value),
    /// A value that has no JSON: pydantic raises `TypeError`.
    Opaque,
}

/// The constraints that are enforced.
const LIMITS: [&str; 13] = [
    "gt",
    "ge",
    "lt",
    "le",
    "multiple_of",
    "min_length",
    "max_length",
    "regex",
    "min_items",
    "max_items",
    "unique_items",
    "max_digits",
    "decimal_places",
];

/// Arguments that change no schema.
const HARMLESS: [&str; 5] = ["exclude", "include", "repr", "allow_mutation", "allow_inf_nan"];

/// The call of `Field` that `expr` is.
pub(super) fn call<'e>(expr: &'e Expr, scope: &Scope<'_>) -> Option<&'e ExprCall> {
    expr.as_call_expr().filter(|it| is_field(it, scope))
}

/// What `call` says.
///
/// # Errors
/// What of it cannot be read without running it.
pub(super) fn read(call: &ExprCall, scope: &Scope<'_>) -> Result<Said, NoSchema> {
    let mut out = Said::default();
    if let Some(first) = call.arguments.find_positional(0) {
        out.default = default(first, scope)?;
    }
    for keyword in &call.arguments.keywords {
        let name = keyword.arg.as_ref().map_or("**", Identifier::as_str);
        match name {
            "default" => out.default = default(&keyword.value, scope)?,
            "default_factory" if !keyword.value.is_none_literal_expr() => {
                out.default = Default::Made;
            }
            it if HARMLESS.contains(&it) || it == "default_factory" => {}
            _ => {
                let unread = || NoSchema::Unread(format!("`{name}` of `Field`"));
                let value = evaluate(&keyword.value, scope).shown_in(scope);
                out.take(name, value.ok_or_else(unread)?).ok_or_else(unread)?;
            }
        }
    }
    Ok(out)
}

impl Said {
    /// Takes in an argument, or an entry of `fields` in `Config`; `None` when it is no such.
    pub(super) fn take(&mut self, name: &str, value: Value) -> Option<()> {
        match (name, value) {
            ("**", _) => return None,
            ("title" | "description" | "alias" | "const" | "discriminator", Value::Null)
            | ("alias_priority", _) => {}
            ("title", Value::String(it)) => self.title = Some(it),
            ("description", Value::String(it)) => self.description = Some(it),
            ("alias", Value::String(it)) => self.alias = Some(it),
            ("discriminator", Value::String(it)) => self.discriminator = Some(it),
            ("const", Value::Bool(it)) => self.is_const = it,
            (name, value) if LIMITS.contains(&name) => {
                if !value.is_null() {
                    self.limits.insert(name.to_owned(), value);
                }
            }
            ("title" | "description" | "alias" | "const" | "discriminator", _) => return None,
            (name, value) => {
                self.extra.insert(name.to_owned(), value);
            }
        }
        Some(())
    }

    /// Takes in what `Config` says of the field, where nothing else is said.
    pub(super) fn merge(&mut self, config: Self) {
        self.title = self.title.take().or(config.title);
        self.description = self.description.take().or(config.description);
        self.alias = self.alias.take().or(config.alias);
        self.discriminator = self.discriminator.take().or(config.discriminator);
        self.is_const |= config.is_const;
        for (key, it) in config.limits {
            self.limits.entry(key).or_insert(it);
        }
        for (key, it) in config.extra {
            self.extra.entry(key).or_insert(it);
        }
    }
}

/// The default that `expr` is.
///
/// # Errors
/// When only running it tells.
pub(super) fn default(expr: &Expr, scope: &Scope<'_>) -> Result<Default, NoSchema> {
    let is_ellipsis = expr.is_ellipsis_literal_expr()
        || scope.dotted(expr).is_some_and(|it| it == "builtins.Ellipsis");
    if is_ellipsis {
        return Ok(Default::Required);
    }
    Ok(match evaluate(expr, scope) {
        Evaluated::Unknown => return Err(NoSchema::Unread("the default of a field".to_owned())),
        found => found.shown_in(scope).map_or(Default::Opaque, Default::Value),
    })
}
