//! Models, dataclasses, `TypedDict` and `NamedTuple` -> JSON schema. Source: the golden rows, and pydantic 2.13.

use ruff_python_ast::{Expr, ExprCall, StmtClassDef};
use serde_json::{Map, Value, json};

use super::annotation::{NoSchema, Types};
use super::constraint;
use super::default::{Evaluated, evaluate};
use super::docstring;
use super::field::{self, Given};
use super::record::{Field, Record, Shape};

/// Settings of `model_config` that change no schema.
const HARMLESS: [&str; 11] = [
    "arbitrary_types_allowed",
    "from_attributes",
    "frozen",
    "hide_input_in_errors",
    "populate_by_name",
    "protected_namespaces",
    "str_strip_whitespace",
    "strict",
    "validate_assignment",
    "validate_by_name",
    "validate_default",
];

impl<'a> Types<'a> {
    /// The definition of `class`.
    pub(super) fn record(
        &mut self,
        class: &'a StmtClassDef,
        record: &Record<'a>,
        depth: usize,
    ) -> Result<(), NoSchema> {
        // reserved, for classes that name themselves
        let place = (self.scope.module(), class.range.start());
        self.define(&class.name, place, Value::Null);
        let mut properties = Map::new();
        let mut required = Vec::new();
        for it in &record.fields {
            let (key, property, needed) = self.property(it, record.shape, depth)?;
            if needed {
                required.push(Value::from(key.as_str()));
            }
            properties.insert(key, property);
        }
        let schema = if record.shape == Shape::NamedTuple {
            let items: Vec<Value> = properties.into_iter().map(|(_, it)| it).collect();
            let (least, most) = (required.len(), items.len());
            json!({"maxItems": most, "minItems": least, "prefixItems": items, "type": "array"})
        } else {
            object(class, record, properties, required)?
        };
        self.afford(schema.get("description").and_then(Value::as_str).unwrap_or_default())?;
        self.define(&class.name, place, schema);
        Ok(())
    }

    /// The key, the schema, and whether it is required.
    fn property(
        &mut self,
        it: &Field<'a>,
        shape: Shape,
        depth: usize,
    ) -> Result<(String, Value, bool), NoSchema> {
        let outer = std::mem::replace(&mut self.scope, it.scope);
        let found = self.described(it, shape, depth);
        self.scope = outer;
        found
    }

    fn described(
        &mut self,
        it: &Field<'a>,
        shape: Shape,
        depth: usize,
    ) -> Result<(String, Value, bool), NoSchema> {
        let (annotation, total) = self.needed(it);
        let mut schema = self.schema(annotation, depth + 1)?;
        let given = field::read(it, annotation, shape)?;
        for call in &given.calls {
            self.constrain(&mut schema, None, call)?;
        }
        self.afford(it.name)?;
        let key = given.alias.clone().unwrap_or_else(|| it.name.to_owned());
        let mut required = given.default.is_none();
        if let Shape::TypedDict { .. } = shape {
            required = total;
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
    class: &StmtClassDef,
    record: &Record<'_>,
    properties: Map<String, Value>,
    required: Vec<Value>,
) -> Result<Value, NoSchema> {
    let mut out = Map::new();
    out.insert("properties".into(), properties.into());
    if !required.is_empty() {
        out.insert("required".into(), required.into());
    }
    if let Some(text) = docstring::of(&class.body) {
        out.insert("description".into(), text.into());
    }
    out.insert("title".into(), class.name.as_str().into());
    out.insert("type".into(), "object".into());
    configured(class, record, &mut out)?;
    out.sort_keys();
    Ok(out.into())
}

fn fill(property: &mut Map<String, Value>, given: Given<'_>, title: Option<String>) {
    property.extend(given.extra);
    if let Some(value) = given.default.and_then(Evaluated::into_json) {
        property.insert("default".into(), value);
    }
    if let Some(text) = given.description {
        property.insert("description".into(), text.into());
    }
    if let Some(text) = title {
        property.insert("title".into(), text.into());
    }
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

/// As Python's `str.title()`, with blanks for `_`.
fn title(key: &str) -> String {
    let mut inside = false;
    let mut out = String::new();
    for it in key.chars() {
        let it = if it == '_' { ' ' } else { it };
        if inside {
            out.extend(it.to_lowercase());
        } else {
            out.extend(it.to_uppercase());
        }
        inside = it.is_alphabetic();
    }
    out.trim().to_owned()
}

/// What `model_config` says; a setting that is not known may change anything.
fn configured(
    class: &StmtClassDef,
    record: &Record<'_>,
    out: &mut Map<String, Value>,
) -> Result<(), NoSchema> {
    let mut seen = Vec::new();
    for (name, expr, scope) in &record.config {
        if seen.contains(name) {
            continue;
        }
        seen.push(name);
        let value = evaluate(expr, scope);
        match (*name, value) {
            ("extra", Evaluated::Json(Value::String(it))) => {
                match it.as_str() {
                    "forbid" => out.insert("additionalProperties".into(), false.into()),
                    "allow" => out.insert("additionalProperties".into(), true.into()),
                    _ => None,
                };
            }
            ("title", Evaluated::Json(it @ Value::String(_))) => {
                out.insert("title".into(), it);
            }
            (name, _) if HARMLESS.contains(&name) => {}
            _ => return Err(NoSchema::Unread(format!("`{name}` of `{}`", class.name))),
        }
    }
    Ok(())
}

/// Whether `call` is pydantic's `Field(…)`.
pub(super) fn is_field(call: &ExprCall, scope: &super::scope::Scope<'_>) -> bool {
    matches!(scope.dotted(&call.func).as_deref(), Some("pydantic.Field" | "pydantic.fields.Field"))
}

/// Whether the keyword `name` of `Field` is read elsewhere, or changes no schema.
pub(super) fn is_harmless(name: &str) -> bool {
    constraint::is_constraint(name)
        || matches!(
            name,
            "exclude" | "repr" | "init" | "kw_only" | "frozen" | "strict" | "serialization_alias"
        )
}
