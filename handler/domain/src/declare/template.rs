//! Placeholders of prefect.yaml. Source: prefect/utilities/templating.py; the pattern is Prefect's own.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Context;
use super::python_str::python_str;
use crate::desired::BlockRef;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::yaml::{Entry, Kind, Mark, Node};

/// Where a value goes, which decides what may stay for the worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A field that only we read: every placeholder has to be resolved.
    Plain,
    /// `job_variables`: block placeholders stay.
    JobVariables,
    /// `pull`: blocks, variables and step outputs stay.
    Pull,
}

/// Gathers what templating finds.
pub(super) struct Found<'a> {
    /// Problems.
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
    /// Blocks that placeholders name.
    pub(super) blocks: &'a mut BTreeSet<BlockRef>,
}

/// A placeholder and where it stands in its text.
struct Placeholder<'a> {
    start: usize,
    end: usize,
    name: &'a str,
}

/// `{{ name }}` with `name` of word characters, `.`, `-`, `[`, `]`, `$`; anything else between braces is plain text.
fn placeholders(text: &str) -> Vec<Placeholder<'_>> {
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|it| it.find("{{")).map(|it| it + from) {
        let rest = text.get(open + 2..).unwrap_or_default();
        let Some(close) = rest.find("}}") else { break };
        let name = rest.get(..close).unwrap_or_default().trim();
        let fits =
            |it: char| it.is_alphanumeric() || matches!(it, '_' | '.' | '-' | '[' | ']' | '$');
        if !name.is_empty() && name.chars().all(fits) {
            out.push(Placeholder { start: open, end: open + 2 + close + 2, name });
            from = open + 2 + close + 2;
        } else {
            // `{{{ name }}}`: the placeholder starts at the second brace
            from = open + 1;
        }
    }
    out
}

/// Whether `text` holds a placeholder.
pub(super) fn has_placeholder(text: &str) -> bool {
    !placeholders(text).is_empty()
}

/// Whether `text` still waits for a variable of the server, since there is none to ask.
pub(super) fn is_open(context: &Context<'_>, text: &str) -> bool {
    context.settings.variables.is_none() && !variables(text).is_empty()
}

/// Adds the blocks that the texts in `value` name, at any depth.
pub(super) fn blocks(value: &Value, into: &mut BTreeSet<BlockRef>) {
    match value {
        Value::String(text) => into.extend(placeholders(text).iter().filter_map(block)),
        Value::Array(list) => list.iter().for_each(|it| blocks(it, into)),
        Value::Object(map) => map.values().for_each(|it| blocks(it, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn block(it: &Placeholder<'_>) -> Option<BlockRef> {
    let mut parts = it.name.strip_prefix("prefect.blocks.")?.split('.');
    Some(BlockRef { r#type: parts.next()?.to_owned(), name: parts.next()?.to_owned() })
}

/// The names of server variables that `text` mentions.
pub(super) fn variables(text: &str) -> BTreeSet<String> {
    let names =
        placeholders(text).into_iter().filter_map(|it| it.name.strip_prefix("prefect.variables."));
    names.map(str::to_owned).collect()
}

/// `node` with its placeholders resolved as far as `place` wants it.
pub(super) fn resolve(
    context: &Context<'_>,
    node: &Node,
    place: Place,
    found: &mut Found<'_>,
) -> Node {
    let kind = match &node.kind {
        Kind::Sequence(items) => {
            Kind::Sequence(items.iter().map(|it| resolve(context, it, place, found)).collect())
        }
        Kind::Mapping(entries) => {
            let one = |it: &Entry| Entry {
                value: resolve(context, &it.value, place, found),
                ..it.clone()
            };
            Kind::Mapping(entries.iter().map(one).collect())
        }
        Kind::Scalar { value: Value::String(text), quoted, date, .. } if text.contains("{{") => {
            let value = scalar(context, text, node.at, place, found);
            Kind::Scalar { value, text: text.clone(), quoted: *quoted, date: *date }
        }
        Kind::Scalar { .. } => node.kind.clone(),
    };
    Node { at: node.at, kind }
}

fn scalar(
    context: &Context<'_>,
    text: &str,
    at: Mark,
    place: Place,
    found: &mut Found<'_>,
) -> Value {
    let list = placeholders(text);
    if let [only] = list.as_slice()
        && only.start == 0
        && only.end == text.len()
    {
        // alone: the value keeps its type
        return one(context, only.name, at, place, found).unwrap_or_else(|| text.into());
    }
    let mut out = String::new();
    let mut from = 0;
    for it in &list {
        out.push_str(text.get(from..it.start).unwrap_or_default());
        match one(context, it.name, at, place, found) {
            Some(value) => out.push_str(&python_str(&value)),
            None => out.push_str(text.get(it.start..it.end).unwrap_or_default()),
        }
        from = it.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out.into()
}

/// The value of a placeholder; `None`: it stays as it is.
fn one(
    context: &Context<'_>,
    name: &str,
    at: Mark,
    place: Place,
    found: &mut Found<'_>,
) -> Option<Value> {
    if let Some(name) = name.strip_prefix('$') {
        return environment(context, name, at, found);
    }
    if let Some(block) = name.strip_prefix("prefect.blocks.") {
        stays_for_the_worker(context, block, at, place, found);
        return None;
    }
    if let Some(name) = name.strip_prefix("prefect.variables.") {
        return if stays(context, place) { None } else { variable(context, name, at, found) };
    }
    if name.starts_with("ctx.") || place == Place::Pull {
        return None;
    }
    let message =
        format!("`{{{{ {name} }}}}` is the output of a build or push step, and these are not run");
    let hint = "write the value itself, or take it from the environment with {{ $NAME }}";
    found.diagnostics.push(context.error("step-output", at, message).hint(hint));
    None
}

/// Whether the worker is the one to read variables; Prefect 2's own tool leaves it those of `job_variables` too.
fn stays(context: &Context<'_>, place: Place) -> bool {
    match place {
        Place::Pull => true,
        Place::JobVariables => !context.settings.dialect.is_three(),
        Place::Plain => false,
    }
}

fn environment(
    context: &Context<'_>,
    name: &str,
    at: Mark,
    found: &mut Found<'_>,
) -> Option<Value> {
    let environment = &context.settings.environment;
    if let Some(value) = environment.get(name) {
        return Some(value.clone().into());
    }
    let near = did_you_mean(name, environment.keys().map(String::as_str));
    let message = format!("environment variable `{name}` is not allowed or has no value{near}");
    let hint = format!("the operator allows it with SYNC_ENV={name} (or `--env {name}=VALUE`)");
    found.diagnostics.push(context.error("environment-variable", at, message).hint(hint));
    None
}

fn variable(context: &Context<'_>, name: &str, at: Mark, found: &mut Found<'_>) -> Option<Value> {
    let Some(variables) = &context.settings.variables else {
        let message = format!("variable `{name}` is read from the server when this is registered");
        found.diagnostics.push(Diagnostic::info("variable-not-read", context.at(at), message));
        return None;
    };
    if let Some(value) = variables.get(name) {
        return Some(value.clone());
    }
    let near = did_you_mean(name, variables.keys().map(String::as_str));
    let message = format!("the server has no variable `{name}`{near}");
    let hint = format!("`prefect variable set {name} VALUE`");
    found.diagnostics.push(context.error("unknown-variable", at, message).hint(hint));
    None
}

/// Block placeholders are never resolved here: the secret would be stored in plain text in the deployment.
fn stays_for_the_worker(
    context: &Context<'_>,
    block: &str,
    at: Mark,
    place: Place,
    found: &mut Found<'_>,
) {
    let mut parts = block.split('.');
    if let (Some(r#type), Some(name)) = (parts.next(), parts.next()) {
        found.blocks.insert(BlockRef { r#type: r#type.to_owned(), name: name.to_owned() });
    }
    if place == Place::Plain {
        let message = "a block cannot be used here: its secret would be stored in plain text in the deployment";
        let hint =
            "blocks can be used in `pull` and in `job_variables`, where the worker resolves them";
        found.diagnostics.push(context.error("block-in-plain-field", at, message).hint(hint));
    }
}
