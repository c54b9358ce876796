//! The plain fields of a deployment: their types, and what Prefect's own tool fills in.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::Context;
use crate::desired::Field;
use crate::diagnostic::Diagnostic;
use crate::python::FlowFacts;
use crate::yaml::{Kind, Node};

/// The fields of one deployment while it is read.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// Their values.
    pub(super) values: BTreeMap<Field, Value>,
    /// Those that the author or the flow states.
    pub(super) declared: BTreeSet<Field>,
}

impl Fields {
    fn state(&mut self, field: Field, value: Value) {
        self.values.insert(field, value);
        self.declared.insert(field);
    }

    fn state_some(&mut self, field: Field, value: Option<Value>) {
        if let Some(value) = value {
            self.state(field, value);
        }
    }
}

/// What a field's value must be.
#[derive(Debug, Clone, Copy)]
enum Shape {
    Text,
    Flag,
    Mapping,
}

/// The fields that `entry` states.
pub(super) fn read(context: &Context<'_>, entry: &Node, found: &mut Vec<Diagnostic>) -> Fields {
    let mut out = Fields::default();
    let plain = [
        ("version", Field::Version, Shape::Text),
        ("description", Field::Description, Shape::Text),
        ("paused", Field::Paused, Shape::Flag),
        ("parameters", Field::Parameters, Shape::Mapping),
        ("enforce_parameter_schema", Field::EnforceParameterSchema, Shape::Flag),
    ];
    for (key, field, shape) in plain {
        if let Some(node) = entry.get(key) {
            out.state_some(field, typed(context, key, node, shape, found));
        }
    }
    if let Some(node) = entry.get("tags").filter(|it| !it.is_null()) {
        out.state_some(Field::Tags, tags(context, node, found));
    }
    concurrency(context, entry, &mut out, found);
    pool(context, entry, &mut out, found);
    out
}

fn typed(
    context: &Context<'_>,
    key: &str,
    node: &Node,
    shape: Shape,
    found: &mut Vec<Diagnostic>,
) -> Option<Value> {
    let value = node.to_json();
    let fits = match shape {
        Shape::Text => value.is_string() && !matches!(node.kind, Kind::Scalar { date: true, .. }),
        Shape::Flag => value.is_boolean(),
        Shape::Mapping => value.is_object(),
    };
    if fits {
        return Some(value);
    }
    if value.is_null() && !matches!(shape, Shape::Mapping) {
        return None;
    }
    let (want, hint) = match (shape, &node.kind) {
        (Shape::Text, Kind::Scalar { text, .. }) => ("a text", format!("quote it: \"{text}\"")),
        (Shape::Text, _) => ("a text", "write one text".to_owned()),
        (Shape::Flag, _) => ("true or false", "write `true` or `false`".to_owned()),
        (Shape::Mapping, _) => ("a mapping", format!("write `{key}: {{}}` or remove the key")),
    };
    let message = format!(
        "`{key}` must be {want}, this is {}; Prefect would skip the whole file",
        node.type_name()
    );
    found.push(context.error("field-type", node.at, message).hint(hint));
    None
}

/// A list, or one text; sorted and without repeats when compared, kept in order here.
fn tags(context: &Context<'_>, node: &Node, found: &mut Vec<Diagnostic>) -> Option<Value> {
    let nodes = if node.items().is_empty() { std::slice::from_ref(node) } else { node.items() };
    if matches!(&node.kind, Kind::Sequence(items) if items.is_empty()) {
        return Some(json!([]));
    }
    let mut out: Vec<String> = Vec::new();
    for it in nodes {
        match (&it.kind, it.as_str()) {
            (Kind::Sequence(_), _) => {
                out.extend(it.items().iter().filter_map(Node::as_str).map(str::to_owned));
            }
            (_, Some(text)) => out.push(text.to_owned()),
            _ => {
                let message = format!("a tag must be a text, this is {}", it.type_name());
                found.push(context.error("field-type", it.at, message).hint("quote it"));
                return None;
            }
        }
    }
    Some(json!(out))
}

/// `concurrency_limit: 3`, or with `limit`, `collision_strategy` and `grace_period_seconds`.
fn concurrency(context: &Context<'_>, entry: &Node, out: &mut Fields, found: &mut Vec<Diagnostic>) {
    let Some(node) = entry.get("concurrency_limit").filter(|it| !it.is_null()) else { return };
    if !context.settings.dialect.concurrency_limit() {
        let message =
            "a Prefect 2 server has no `concurrency_limit` of a deployment; it is left out";
        let hint = "limit the work queue instead";
        found.push(context.warning("not-on-this-server", node.at, message).hint(hint));
        return;
    }
    let limit = if matches!(node.kind, Kind::Mapping(_)) { node.get("limit") } else { Some(node) };
    let number = limit.map(Node::to_json).and_then(|it| it.as_i64()).filter(|it| *it > 0);
    let Some(number) = number else {
        let message =
            "`concurrency_limit` must be a whole number above 0, or a mapping with such a `limit`";
        found.push(context.error("field-type", node.at, message));
        return;
    };
    out.state(Field::ConcurrencyLimit, number.into());
    if let Some(strategy) = node.get("collision_strategy") {
        let text = strategy.as_str().unwrap_or_default();
        if !matches!(text, "ENQUEUE" | "CANCEL_NEW") {
            let message = "`collision_strategy` must be ENQUEUE or CANCEL_NEW";
            found.push(context.error("field-type", strategy.at, message));
            return;
        }
        let mut options = Map::from_iter([("collision_strategy".to_owned(), json!(text))]);
        if let Some(grace) = node.get("grace_period_seconds") {
            options.insert("grace_period_seconds".into(), grace.to_json());
        }
        out.state(Field::ConcurrencyOptions, options.into());
    }
}

fn pool(context: &Context<'_>, entry: &Node, out: &mut Fields, found: &mut Vec<Diagnostic>) {
    let pool = entry.get("work_pool").filter(|it| !it.is_null());
    if let Some(pool) = pool
        && !matches!(pool.kind, Kind::Mapping(_))
    {
        let message = format!(
            "`work_pool` must be a mapping, this is {}; Prefect would skip the whole file",
            pool.type_name()
        );
        found
            .push(context.error("field-type", pool.at, message).hint("work_pool: {name: my-pool}"));
        return;
    }
    let Some(name) = pool.and_then(|it| it.get("name")).filter(|it| !it.is_null()) else {
        let at = pool.map_or(entry.at, |it| it.at);
        found.push(
            context
                .error("work-pool", at, "the deployment names no work pool")
                .hint("work_pool: {name: my-pool}"),
        );
        return;
    };
    let Some(pool) = pool else { return };
    out.state_some(Field::WorkPool, typed(context, "work_pool.name", name, Shape::Text, found));
    if let Some(node) = pool.get("work_queue_name").filter(|it| !it.is_null()) {
        out.state_some(
            Field::WorkQueue,
            typed(context, "work_queue_name", node, Shape::Text, found),
        );
    }
    if let Some(node) = pool.get("job_variables") {
        out.state_some(
            Field::JobVariables,
            typed(context, "job_variables", node, Shape::Mapping, found),
        );
    }
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
