//! The plain fields of a deployment: their types, and what Prefect's own tool fills in.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::python_str::python_str;
use super::{Context, pool, typed};
use crate::desired::Field;
use crate::diagnostic::{Diagnostic, Position, rules};
use crate::python::FlowFacts;
use crate::yaml::{Kind, Node};

/// The fields of one deployment while it is read.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// Their values.
    pub(super) values: BTreeMap<Field, Value>,
    /// Those that the author or the flow states.
    pub(super) declared: BTreeSet<Field>,
    /// Where job variables are stated, by their names.
    pub(super) variables_at: BTreeMap<String, Position>,
}

impl Fields {
    pub(super) fn state(&mut self, field: Field, value: Value) {
        self.values.insert(field, value);
        self.declared.insert(field);
    }

    pub(super) fn state_some(&mut self, field: Field, value: Option<Value>) {
        if let Some(value) = value {
            self.state(field, value);
        }
    }
}

/// The fields that `entry` states.
pub(super) fn read(context: &Context<'_>, entry: &Node, found: &mut Vec<Diagnostic>) -> Fields {
    let mut out = Fields::default();
    for (key, field) in [("version", Field::Version), ("description", Field::Description)] {
        let text = entry.get(key).and_then(|it| typed::text(context, key, it, found));
        // Prefect takes an empty text for none
        out.state_some(field, text.filter(|it| !it.is_empty()).map(Value::from));
    }
    let flags =
        [("paused", Field::Paused), ("enforce_parameter_schema", Field::EnforceParameterSchema)];
    for (key, field) in flags {
        let flag = entry.get(key).and_then(|it| typed::flag(context, key, it, found));
        out.state_some(field, flag.map(Value::from));
    }
    if let Some(node) = entry.get("parameters") {
        let map = typed::mapping(context, "parameters", node, found);
        out.state_some(Field::Parameters, map.map(Value::from));
    }
    if let Some(node) = entry.get("tags").filter(|it| !it.is_null()) {
        out.state_some(Field::Tags, tags(context, node, found));
    }
    pool::concurrency(context, entry, &mut out, found);
    pool::read(context, entry, &mut out, found);
    out
}

/// A list, or one text (of which Prefect's own tool makes one tag a letter); a variable may put a list inside the list.
/// Numbers become texts and blank texts none. Source: `BeforeValidator` of the tags in prefect/types.
pub(super) fn tags(
    context: &Context<'_>,
    node: &Node,
    found: &mut Vec<Diagnostic>,
) -> Option<Value> {
    let nodes = match &node.kind {
        Kind::Sequence(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let mut out: Vec<String> = Vec::new();
    for it in nodes {
        let Some(texts) = texts(&it.to_json()) else {
            let message = format!("a tag must be a text, this is {}", it.type_name());
            found.push(context.error(rules::FIELD_TYPE, it.at, message).hint("quote it"));
            return None;
        };
        out.extend(texts.into_iter().filter(|it| !it.trim().is_empty()));
    }
    Some(json!(out))
}

fn texts(value: &Value) -> Option<Vec<String>> {
    let one = |it: &Value| (!it.is_object() && !it.is_null()).then(|| python_str(it));
    value.as_array().map_or_else(|| Some(vec![one(value)?]), |it| it.iter().map(one).collect())
}

/// Adds what the flow says and what Prefect's own tool of that version fills in. Source: captures of `prefect deploy`.
pub(super) fn complete(
    context: &Context<'_>,
    out: &mut Fields,
    flow: &FlowFacts,
    entrypoint: &str,
) {
    let three = context.settings.dialect.is_three();
    out.state(Field::Entrypoint, entrypoint.into());
    out.state(Field::ParameterSchema, flow.parameter_openapi_schema.clone());
    if three && !out.values.contains_key(&Field::Version) {
        out.state(Field::Version, flow.version.clone().into());
    }
    if !out.values.contains_key(&Field::Description)
        && let Some(description) = &flow.description
    {
        out.state(Field::Description, description.clone().into());
    }
    let mut defaults = vec![
        (Field::Version, Value::Null),
        (Field::Description, Value::Null),
        (Field::Tags, json!([])),
        (Field::Parameters, json!({})),
        (Field::EnforceParameterSchema, json!(three)),
        (Field::JobVariables, json!({})),
        (Field::Path, Value::Null),
        (Field::WorkQueue, Value::Null),
        (Field::Paused, json!(false)),
    ];
    if three {
        defaults.push((Field::ConcurrencyLimit, Value::Null));
        defaults.push((Field::ConcurrencyOptions, Value::Null));
    }
    for (field, value) in defaults {
        out.values.entry(field).or_insert(value);
    }
}
