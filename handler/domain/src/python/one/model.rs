//! The definitions of models. Source: `model_process_schema` of pydantic 1.

use serde_json::{Map, Value, json};

use super::field::Field;
use super::kind::Type;
use super::pool::{Kind, Model};
use super::render::{PREFIX, Part, Renderer, json_map};
use crate::python::annotation::NoSchema;
use crate::python::packaged;

/// The name of the field whose schema is that of the model.
const ROOT: &str = "__root__";

/// Deepest nesting of models.
const MAX_LEVELS: usize = 100;

impl Renderer<'_> {
    /// Writes the definition of the class, if it is not begun yet.
    pub(super) fn define(&mut self, number: usize) -> Result<(), NoSchema> {
        if !self.known.insert(number) {
            return Ok(());
        }
        if self.levels > MAX_LEVELS {
            return Err(NoSchema::TooLarge);
        }
        self.levels += 1;
        let pool = self.pool;
        let schema = match pool.get(number).map(|it| &it.kind) {
            Some(Kind::Model(it)) => self.model(it)?.into(),
            Some(Kind::Installed(it)) => {
                for key in packaged::references(&it.schema) {
                    if let Some(it) = pool.find(key) {
                        self.define(it)?;
                    }
                }
                self.referring(&it.schema)
            }
            Some(Kind::Enumeration(it)) => it.clone().into(),
            _ => return Err(NoSchema::Untyped),
        };
        self.levels -= 1;
        if let Some(name) = self.names.get(&number) {
            self.add(name.clone(), schema);
        }
        Ok(())
    }

    fn model(&mut self, model: &Model) -> Part {
        let mut out = json_map(json!({"title": model.title}));
        if let Some(text) = model.description.as_ref().filter(|it| !it.is_empty()) {
            out.insert("description".into(), text.as_str().into());
        }
        let (mut properties, required) = self.properties(&model.fields)?;
        if let Some(Value::Object(root)) = properties.remove(ROOT) {
            out.extend(root);
            out.insert("title".into(), model.title.as_str().into());
        } else {
            out.insert("type".into(), "object".into());
            out.insert("properties".into(), properties.into());
            if !required.is_empty() {
                out.insert("required".into(), required.into());
            }
        }
        if model.is_closed {
            out.insert("additionalProperties".into(), false.into());
        }
        if model.is_block {
            out.remove("description");
        }
        out.extend(model.extra.clone());
        Ok(out)
    }

    /// The properties, and the keys of those that are required.
    pub(super) fn properties(
        &mut self,
        fields: &[Field],
    ) -> Result<(Map<String, Value>, Vec<Value>), NoSchema> {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        for it in fields {
            let kept = self.added.len();
            let schema = match self.field(it) {
                Err(NoSchema::Dropped) => {
                    self.forget(kept);
                    continue;
                }
                other => other?,
            };
            let key = it.alias().unwrap_or_default();
            properties.insert(key.to_owned(), schema.into());
            if it.is_required {
                required.push(Value::from(key));
            }
        }
        Ok((properties, required))
    }

    /// `schema`, its references having the names of this signature.
    fn referring(&self, schema: &Value) -> Value {
        match schema {
            Value::Array(all) => all.iter().map(|it| self.referring(it)).collect(),
            Value::Object(all) => {
                let pairs = all.iter().map(|(key, it)| (key.clone(), self.referring(it)));
                pairs.collect::<Map<_, _>>().into()
            }
            Value::String(it) => {
                let number = it.strip_prefix(PREFIX).and_then(|it| self.pool.find(it));
                let name = number.and_then(|it| self.names.get(&it));
                name.map_or_else(|| json!(it), |it| json!(format!("{PREFIX}{it}")))
            }
            other => other.clone(),
        }
    }
}

/// A named tuple, whose items' definitions pydantic loses.
pub(super) fn tuple(out: &mut Renderer<'_>, number: usize, fields: &[Field]) -> Part {
    out.known.insert(number);
    let kept = out.added.len();
    let found = out.properties(fields);
    out.forget(kept);
    let items: Vec<Value> = found?.0.into_iter().map(|(_, it)| it).collect();
    let count = items.len();
    Ok(json_map(json!({"type": "array", "items": items, "minItems": count, "maxItems": count})))
}

/// The members of a union by the values of their field `by`.
pub(super) fn discriminator(
    out: &Renderer<'_>,
    by: &str,
    parts: &[Field],
) -> Result<Value, NoSchema> {
    let (mut mapping, mut alias) = (Map::new(), by);
    for part in parts {
        let Type::Model(number) = part.inner else {
            return Err(NoSchema::Unread("the members of a union with a discriminator".to_owned()));
        };
        let Some(Kind::Model(it)) = out.pool.get(number).map(|it| &it.kind) else {
            return Err(NoSchema::Unread("a member of a union with a discriminator".to_owned()));
        };
        let field = it.fields.iter().find(|it| it.name.as_deref() == Some(by));
        let field = field.ok_or(NoSchema::Untyped)?;
        alias = field.alias().unwrap_or(by);
        let Type::Literal(values) = &field.inner else { return Err(NoSchema::Untyped) };
        let reference = out.reference(number, false).remove("$ref").unwrap_or_default();
        for value in values {
            let key = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            mapping.insert(key, reference.clone());
        }
    }
    Ok(json!({"propertyName": alias, "mapping": mapping}))
}
