//! Fields -> JSON schema. Source: `field_schema` and what it calls in `pydantic/v1/schema.py`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::field::{Field, Shape};
use super::information::{info, shown, validations};
use super::kind::Type;
use super::literal;
use super::model;
use super::pool::{Kind, Pool};
use crate::python::annotation::NoSchema;
use crate::python::budget::Budget;

/// Where a reference leads.
pub(super) const PREFIX: &str = "#/definitions/";

/// A schema, why there is none, or that the field is left out.
pub(super) type Part = Result<Map<String, Value>, NoSchema>;

/// Writes the schemas of one signature.
pub(super) struct Renderer<'p> {
    pub(super) pool: &'p Pool,
    pub(super) names: BTreeMap<usize, String>,
    pub(super) definitions: BTreeMap<String, Value>,
    /// Their names in order.
    pub(super) added: Vec<String>,
    /// The models that have been begun.
    pub(super) known: BTreeSet<usize>,
    /// How many models the one at hand is inside of.
    pub(super) levels: usize,
    budget: &'p Budget,
}

impl<'p> Renderer<'p> {
    pub(super) fn new(pool: &'p Pool, names: BTreeMap<usize, String>, budget: &'p Budget) -> Self {
        let (definitions, added, known) = (BTreeMap::new(), Vec::new(), BTreeSet::new());
        Self { pool, names, definitions, added, known, levels: 0, budget }
    }

    /// The schema of `field` with its title, description and default.
    pub(super) fn field(&mut self, field: &Field) -> Part {
        if !self.budget.spend(1) {
            return Err(NoSchema::TooLarge);
        }
        let (mut out, is_said) = info(field, false)?;
        let more = validations(field)?;
        let schema = self.of_type(field, is_said || !more.is_empty())?;
        if schema.contains_key("$ref") {
            return Ok(schema);
        }
        out.extend(more);
        out.extend(schema);
        Ok(out)
    }

    /// The schema of its type alone; `is_said` when a reference has something beside it.
    fn of_type(&mut self, field: &Field, is_said: bool) -> Part {
        let mut out = Map::new();
        match &field.shape {
            Shape::Many { is_unique } => {
                let items = self.single(field, false)?;
                out.insert("type".into(), "array".into());
                out.insert("items".into(), items.into());
                if *is_unique {
                    out.insert("uniqueItems".into(), true.into());
                }
            }
            Shape::Mapping(pattern) => {
                let items = self.single(field, false)?;
                out.insert("type".into(), "object".into());
                if let Some(pattern) = pattern {
                    out.insert("patternProperties".into(), json!({pattern: items}));
                }
                if !items.is_empty() {
                    out.insert("additionalProperties".into(), items.into());
                }
            }
            Shape::Tuple => {
                let items = self.items(field)?;
                out.insert("type".into(), "array".into());
                out.insert("minItems".into(), items.len().into());
                out.insert("maxItems".into(), items.len().into());
                if !items.is_empty() {
                    out.insert("items".into(), items.into());
                }
            }
            Shape::Generic => {
                let mut items = self.items(field)?;
                let only = (items.len() == 1).then(|| items.pop()).flatten();
                let inner = only.unwrap_or_else(|| json!({"type": "array", "items": items}));
                out.insert("allOf".into(), json!([inner]));
            }
            Shape::Single => out = self.single(field, is_said)?,
        }
        out.extend(field.more.clone());
        Ok(out)
    }

    fn items(&mut self, field: &Field) -> Result<Vec<Value>, NoSchema> {
        let parts = field.parts.iter().flatten();
        parts.map(|it| Ok(self.of_type(it, false)?.into())).collect()
    }

    /// What the field holds.
    fn single(&mut self, field: &Field, is_said: bool) -> Part {
        let is_model = matches!(field.inner, Type::Model(_));
        if let Some(parts) = field.parts.as_ref().filter(|_| field.said.is_const || !is_model) {
            return self.parts(field, parts, is_said);
        }
        let mut out = Map::new();
        if field.said.is_const {
            out.insert("const".into(), shown(&field.default)?.unwrap_or_default());
        }
        match &field.inner {
            Type::Any | Type::Open => return Ok(Map::new()),
            Type::Null => return Ok(json_map(json!({"type": "null"}))),
            Type::Callable => return Err(NoSchema::Dropped),
            Type::Literal(values) => match literal::split(values) {
                Some(kinds) => return self.field(&literal::union(field, kinds)),
                None => out.extend(literal::schema(values)),
            },
            Type::Enumeration(it) => {
                let (said, is_said) = info(field, is_said)?;
                out = said;
                out.extend(self.reference(*it, is_said));
                self.define_enumeration(*it);
            }
            Type::Model(it) => {
                if let Some(Kind::Tuple(fields)) = self.pool.get(*it).map(|it| &it.kind) {
                    out.extend(model::tuple(self, *it, fields)?);
                } else if out.is_empty() {
                    self.define(*it)?;
                    return Ok(self.reference(*it, is_said));
                }
            }
            Type::Scalar(it) => {
                out.extend(it.schema.clone());
                out.extend(it.more.clone());
            }
            _ => {}
        }
        if out.is_empty() { Err(NoSchema::Untyped) } else { Ok(out) }
    }

    /// The one part of a collection, or the members of a union.
    fn parts(&mut self, field: &Field, parts: &[Field], is_said: bool) -> Part {
        if let [only] = parts {
            return self.of_type(only, is_said);
        }
        let mut out = Map::new();
        let by = field.said.discriminator.as_deref();
        if let Some(by) = by {
            out.insert("discriminator".into(), model::discriminator(self, by, parts)?);
        }
        let mut members = Vec::new();
        for part in parts {
            let mut schema = self.of_type(part, is_said)?;
            if let Some(Value::Array(all)) = schema.get("allOf").filter(|_| is_said) {
                schema = all.first().and_then(Value::as_object).cloned().unwrap_or_default();
            }
            if schema.len() == 2 && schema.contains_key("oneOf") {
                schema.remove("discriminator");
            }
            members.push(Value::from(schema));
        }
        out.insert(if by.is_some() { "oneOf" } else { "anyOf" }.into(), members.into());
        Ok(out)
    }

    /// A reference to the class, beside which something may be said.
    pub(super) fn reference(&self, number: usize, is_said: bool) -> Map<String, Value> {
        let name = self.names.get(&number).map(String::as_str).unwrap_or_default();
        let reference = json!({"$ref": format!("{PREFIX}{name}")});
        json_map(if is_said { json!({"allOf": [reference]}) } else { reference })
    }

    fn define_enumeration(&mut self, number: usize) {
        if let (Some(name), Some(Kind::Enumeration(schema))) =
            (self.names.get(&number), self.pool.get(number).map(|it| &it.kind))
        {
            self.add(name.clone(), schema.clone().into());
        }
    }

    /// Adds a definition; the last that were added may go away again.
    pub(super) fn add(&mut self, name: String, schema: Value) {
        if self.definitions.insert(name.clone(), schema).is_none() {
            self.added.push(name);
        }
    }

    /// Takes back all definitions but the first `kept`.
    pub(super) fn forget(&mut self, kept: usize) {
        for name in self.added.drain(kept.min(self.added.len())..) {
            self.definitions.remove(&name);
        }
    }
}

pub(super) fn json_map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(it) => it,
        _ => Map::new(),
    }
}
