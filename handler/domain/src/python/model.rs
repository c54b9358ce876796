//! Models, dataclasses, `TypedDict` and `NamedTuple` -> JSON schema. Source: the golden rows, and pydantic 2.13.

use ruff_python_ast::{Expr, ExprCall};
use ruff_text_size::Ranged as _;
use serde_json::{Map, Value, json};

use super::annotation::{NoSchema, Types};
use super::casing;
use super::config::{self, Config};
use super::constraint;
use super::default::Evaluated;
use super::definitions::Origin;
use super::docstring;
use super::field::{self, Given};
use super::record::{Field, Record, Shape};
use super::reference;

impl<'a> Types<'a> {
    /// The definition of `record`, which is called as `origin` says.
    pub(super) fn record(
        &mut self,
        record: &Record<'a>,
        origin: Origin<'_>,
        depth: usize,
    ) -> Result<(), NoSchema> {
        // reserved, for classes that name themselves
        self.definitions.define(origin, Value::Null);
        let config = config::read(record)?;
        let around = (std::mem::take(&mut self.levels), self.in_class, self.made);
        self.in_class = true;
        if origin.place.0 == 0 {
            self.made = self.made.max(origin.place.1);
        }
        let found = self.properties(record, &config, depth);
        (self.levels, self.in_class, self.made) = around;
        let (mut properties, required) = found?;
        let block =
            record.block.as_ref().map(|it| it.extra(record, &properties, &self.definitions));
        let block = block.transpose()?.unwrap_or_default();
        let schema = match record.shape {
            Shape::NamedTuple => {
                let items: Vec<Value> = properties.into_iter().map(|(_, it)| it).collect();
                let (least, most) = (required.len(), items.len());
                json!({"maxItems": most, "minItems": least, "prefixItems": items, "type": "array"})
            }
            Shape::Root => {
                root(properties.remove("root").ok_or(NoSchema::Untyped)?, record, config)
            }
            shape => {
                let mut schema = object(record, config, properties, required);
                if let Some(it) = schema.as_object_mut() {
                    it.extend(block);
                    it.retain(|key, it| key != "description" || !it.is_null());
                }
                // pydantic 2.12, which goes with 2.20, takes the docstring of a dataclass for Python's own
                if shape == Shape::Dataclass && !self.dialect.is_three() {
                    schema.as_object_mut().and_then(|it| it.remove("description"));
                }
                schema
            }
        };
        self.afford(schema.get("description").and_then(Value::as_str).unwrap_or_default())?;
        self.definitions.define(origin, schema);
        Ok(())
    }

    /// The properties by key, and the keys of those that are required.
    fn properties(
        &mut self,
        record: &Record<'a>,
        config: &Config,
        depth: usize,
    ) -> Result<(Map<String, Value>, Vec<Value>), NoSchema> {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        for it in &record.fields {
            let scope = std::mem::replace(&mut self.scope, it.scope);
            let bindings = std::mem::replace(&mut self.bindings, it.bindings.clone());
            let found = self.property(it, record, config, depth);
            (self.scope, self.bindings) = (scope, bindings);
            let (key, property, needed) = found?;
            if needed {
                required.push(Value::from(key.as_str()));
            }
            properties.insert(key, property);
        }
        Ok((properties, required))
    }

    /// The key, the schema, and whether it is required.
    fn property(
        &mut self,
        it: &Field<'a>,
        record: &Record<'a>,
        config: &Config,
        depth: usize,
    ) -> Result<(String, Value, bool), NoSchema> {
        let (annotation, total) = self.needed(it);
        let is_plain = record.plain.iter().any(|name| *name == it.name || *name == "*");
        if !self.dialect.is_three() || self.scope.is_fallback() {
            let when = self.made.max(annotation.start());
            match reference::made(annotation, &self.scope, (record.is_deferred, when)) {
                Err(NoSchema::Unresolved(name)) if name == record.title || name == it.owner => {}
                known => known?,
            }
        }
        let mut schema = if is_plain { json!({}) } else { self.schema(annotation, depth + 1)? };
        let mut given = field::read(it, annotation, record.shape)?;
        let base = self.scope.dotted(annotation);
        for call in given.calls.iter().filter(|_| !is_plain) {
            self.constrain(&mut schema, base.as_deref(), call)?;
        }
        self.afford(it.name)?;
        let alias = given.alias.clone().or_else(|| Some(config.alias?.apply(it.name)));
        let key = alias.unwrap_or_else(|| it.name.to_owned());
        let mut required = given.default.is_none();
        if let Shape::TypedDict { .. } = record.shape {
            required = total;
        }
        if config.docstrings && given.description.is_none() {
            given.description = it.doc.map(docstring::clean);
        }
        let titled = given.title.clone().or_else(|| has_title(&schema).then(|| title(&key)));
        let property = schema.as_object_mut().ok_or(NoSchema::Untyped)?;
        fill(property, given, titled);
        Ok((key, schema, required))
    }

    /// The type without `Required[…]` and `NotRequired[…]`, and whether it is required.
    fn needed<'e>(&self, it: &Field<'e>) -> (&'e Expr, bool) {
        let Expr::Subscript(subscript) = it.annotation else { return (it.annotation, it.total) };
        let dotted = self.scope.dotted(&subscript.value).unwrap_or_default();
        match dotted.rsplit('.').next() {
            Some("Required") => (&subscript.slice, true),
            Some("NotRequired") => (&subscript.slice, false),
            _ => (it.annotation, it.total),
        }
    }
}

fn object(
    record: &Record<'_>,
    config: Config,
    properties: Map<String, Value>,
    required: Vec<Value>,
) -> Value {
    let mut out = Map::new();
    out.insert("properties".into(), properties.into());
    if !required.is_empty() {
        out.insert("required".into(), required.into());
    }
    if let Some(text) = &record.description {
        out.insert("description".into(), text.as_str().into());
    }
    out.insert("title".into(), config.title.unwrap_or_else(|| record.title.clone()).into());
    out.insert("type".into(), "object".into());
    if let Some(additional) = config.additional {
        out.insert("additionalProperties".into(), additional.into());
    }
    out.extend(config.extra);
    out.sort_keys();
    out.into()
}

/// The schema of the model is that of its field `root`.
fn root(mut schema: Value, record: &Record<'_>, config: Config) -> Value {
    if let Some(out) = schema.as_object_mut() {
        out.insert("title".into(), config.title.unwrap_or_else(|| record.title.clone()).into());
        if let Some(text) = &record.description {
            out.insert("description".into(), text.as_str().into());
        }
        out.extend(config.extra);
        out.sort_keys();
    }
    schema
}

fn fill(property: &mut Map<String, Value>, given: Given<'_>, title: Option<String>) {
    if let Some(value) = given.default.and_then(Evaluated::into_json) {
        property.insert("default".into(), value);
    }
    if let Some(text) = given.description {
        property.insert("description".into(), text.into());
    }
    if let Some(text) = title {
        property.insert("title".into(), text.into());
    }
    // what is extra counts most
    property.extend(given.extra);
    property.sort_keys();
}

/// A reference has a title of its own, and so has what is that or null.
fn has_title(schema: &Value) -> bool {
    let is_reference = |it: &Value| it.get("$ref").is_some();
    match schema.get("anyOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([first, null]) => !(is_reference(first) && *null == json!({"type": "null"})),
        _ => !is_reference(schema),
    }
}

/// What pydantic calls the field `key`: as Python's `str.title()`, with blanks for `_`.
pub(super) fn title(key: &str) -> String {
    casing::titled(&key.replace('_', " ")).trim().to_owned()
}

/// Whether `call` is `Field(…)` of the pydantic that reads it.
pub(super) fn is_field(call: &ExprCall, scope: &super::scope::Scope<'_>) -> bool {
    let Some(dotted) = scope.dotted(&call.func) else { return false };
    let name = if scope.is_one {
        dotted.strip_prefix("pydantic.v1.")
    } else {
        dotted.strip_prefix("pydantic.")
    };
    matches!(name, Some("Field" | "fields.Field"))
}

/// Whether the keyword `name` of `Field` is read elsewhere, or changes no schema.
pub(super) fn is_harmless(name: &str) -> bool {
    constraint::is_constraint(name)
        || matches!(
            name,
            "alias_priority"
                | "allow_inf_nan"
                | "allow_mutation"
                | "coerce_numbers_to_str"
                | "compare"
                | "decimal_places"
                | "discriminator"
                | "doc"
                | "exclude"
                | "fail_fast"
                | "frozen"
                | "hash"
                | "include"
                | "init"
                | "init_var"
                | "kw_only"
                | "max_digits"
                | "max_items"
                | "metadata"
                | "min_items"
                | "repr"
                | "serialization_alias"
                | "strict"
                | "union_mode"
                | "validate_default"
        )
}
