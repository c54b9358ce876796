//! `match` and `match_related` of an event trigger: labels and the texts that they may have.
//!
//! Source: Prefect's `ResourceSpecification`; Prefect 2 makes texts of numbers, Prefect 3 refuses them.

use serde_json::{Map, Value, json};

use super::super::Context;
use super::{as_text, waits};
use crate::diagnostic::{Diagnostic, rules};
use crate::yaml::{Kind, Node};

/// The specification under `key`, or the list of them that Prefect 3 takes for `match_related`.
pub(super) fn read(
    context: &Context<'_>,
    node: &Node,
    key: &str,
    found: &mut Vec<Diagnostic>,
) -> Value {
    let Some(node) = node.get(key).filter(|it| !waits(context, it)) else { return json!({}) };
    let many = key == "match_related" && context.settings.dialect.is_three();
    match &node.kind {
        Kind::Sequence(items) if many => {
            items.iter().map(|it| one(context, it, key, found)).collect()
        }
        _ => one(context, node, key, found),
    }
}

fn one(context: &Context<'_>, node: &Node, key: &str, found: &mut Vec<Diagnostic>) -> Value {
    if !matches!(node.kind, Kind::Mapping(_)) {
        let message = format!("`{key}` must be a mapping of labels, this is {}", node.type_name());
        let hint = format!("{key}: {{prefect.resource.id: \"…\"}}");
        found.push(context.error(rules::FIELD_TYPE, node.at, message).hint(hint));
        return Value::Null;
    }
    let labels = node.entries().iter();
    let labels = labels.map(|it| (it.key.clone(), label(context, &it.value, &it.key, found)));
    labels.collect::<Map<_, _>>().into()
}

/// One text, or a list of which one has to fit.
fn label(context: &Context<'_>, node: &Node, name: &str, found: &mut Vec<Diagnostic>) -> Value {
    match &node.kind {
        Kind::Sequence(items) => items.iter().map(|it| text(context, it, name, found)).collect(),
        _ => text(context, node, name, found),
    }
}

fn text(context: &Context<'_>, node: &Node, name: &str, found: &mut Vec<Diagnostic>) -> Value {
    if let Some(text) = as_text(context, &node.to_json()) {
        return text.into();
    }
    let message =
        format!("label `{name}` must be a text or a list of texts, this is {}", node.type_name());
    let hint = match &node.kind {
        Kind::Scalar { text, .. } if !text.is_empty() => format!("quote it: \"{text}\""),
        _ => "write one text".to_owned(),
    };
    found.push(context.error(rules::FIELD_TYPE, node.at, message).hint(hint));
    Value::Null
}
