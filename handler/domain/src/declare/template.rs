//! The values of placeholders in prefect.yaml. Source: prefect/utilities/templating.py.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Context;
use super::placeholder::{Placeholder, placeholders, variables};
use super::python_str::python_str;
use crate::desired::BlockRef;
use crate::diagnostic::{Diagnostic, did_you_mean, rules};
use crate::dialect::Dialect;
use crate::yaml::{Entry, Kind, Mark, Node};

/// Where a value goes, which decides what may stay for the worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// A field that only we read: every placeholder has to be resolved.
    Plain,
    /// `job_variables`: block placeholders stay.
    JobVariables,
    /// `pull`: blocks, variables and step outputs stay.
    Pull,
}

/// The first placeholder of `text` that is not left as it is at `place`.
pub(crate) fn replaced(text: &str, place: Place, dialect: Dialect) -> Option<&str> {
    let stays = |name: &str| match name {
        _ if name.starts_with("ctx.") => true,
        _ if name.starts_with("prefect.blocks.") => place != Place::Plain,
        _ if name.starts_with("prefect.variables.") => variables_stay(place, dialect),
        _ => place == Place::Pull && !name.starts_with('$'),
    };
    placeholders(text).into_iter().map(|it| it.name).find(|it| !stays(it))
}

/// Gathers what templating finds.
pub(super) struct Found<'a> {
    /// Problems.
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
    /// Blocks that placeholders name.
    pub(super) blocks: &'a mut BTreeSet<BlockRef>,
}

/// Whether `text` still waits for a variable of the server, since there is none to ask, or for one of the environment, which
/// was said already.
pub(super) fn is_open(context: &Context<'_>, text: &str) -> bool {
    let is_unset = |it: Placeholder<'_>| {
        it.name.strip_prefix('$').is_some_and(|it| !context.settings.environment.contains_key(it))
    };
    let waits = context.settings.variables.is_none() && !variables(text).is_empty();
    waits || placeholders(text).into_iter().any(is_unset)
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
        return if variables_stay(place, context.settings.dialect) {
            None
        } else {
            variable(context, name, at, found)
        };
    }
    if name.starts_with("ctx.") || place == Place::Pull {
        return None;
    }
    let message =
        format!("`{{{{ {name} }}}}` is the output of a build or push step, and these are not run");
    let hint = "write the value itself, or take it from the environment with {{ $NAME }}";
    found.diagnostics.push(context.error(rules::STEP_OUTPUT, at, message).hint(hint));
    None
}

/// Whether the worker is the one to read variables; Prefect 2's own tool leaves it those of `job_variables` too.
fn variables_stay(place: Place, dialect: Dialect) -> bool {
    match place {
        Place::Pull => true,
        Place::JobVariables => !dialect.is_three(),
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
    found.diagnostics.push(context.error(rules::ENVIRONMENT_VARIABLE, at, message).hint(hint));
    None
}

fn variable(context: &Context<'_>, name: &str, at: Mark, found: &mut Found<'_>) -> Option<Value> {
    let Some(variables) = &context.settings.variables else {
        let message = format!("variable `{name}` is read from the server when this is registered");
        found.diagnostics.push(Diagnostic::info(rules::VARIABLE_NOT_READ, context.at(at), message));
        return None;
    };
    if let Some(value) = variables.get(name) {
        return Some(value.clone());
    }
    let near = did_you_mean(name, variables.keys().map(String::as_str));
    let message = format!("the server has no variable `{name}`{near}");
    let hint = format!("`prefect variable set {name} VALUE`");
    found.diagnostics.push(context.error(rules::UNKNOWN_VARIABLE, at, message).hint(hint));
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
    let (r#type, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if !is_block_word(r#type) || !is_block_word(name) {
        found.diagnostics.push(no_block(context, block, at));
    } else {
        found.blocks.insert(BlockRef { r#type: r#type.to_owned(), name: name.to_owned() });
    }
    if place == Place::Plain {
        let message = "a block cannot be used here: its secret would be stored in plain text in the deployment";
        let hint =
            "blocks can be used in `pull` and in `job_variables`, where the worker resolves them";
        found.diagnostics.push(context.error(rules::BLOCK_IN_PLAIN_FIELD, at, message).hint(hint));
    }
}

/// What Prefect lets a block or a block type be called.
fn is_block_word(text: &str) -> bool {
    let fits = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
    !text.is_empty() && text.chars().all(fits)
}

fn no_block(context: &Context<'_>, block: &str, at: Mark) -> Diagnostic {
    let message = format!("no block can be called `{block}`");
    let hint = "write `prefect.blocks.TYPE.NAME`, both of lower-case letters, digits and `-`";
    context.warning(rules::BLOCK_REFERENCE, at, message).hint(hint)
}
