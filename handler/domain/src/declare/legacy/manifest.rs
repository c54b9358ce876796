//! Customizations of a Kubernetes job: JSON patches of its manifest, which a work pool has in its template.

mod usual;

use serde_json::{Map, Value, json};

use self::usual::{is_usual, usual_manifest, with_variables};

use super::Case;
use super::fields::translated;
use super::variables::Infrastructure;
use crate::declare::Context;
use crate::diagnostic::{Diagnostic, rules};

/// A patch of RFC 6902.
struct Patch<'a> {
    op: &'a str,
    path: &'a str,
    value: &'a Value,
}

impl<'a> Patch<'a> {
    fn read(value: &'a Value) -> Option<Self> {
        let op = value.get("op")?.as_str()?;
        let path = value.get("path")?.as_str()?;
        let value = value.get("value").unwrap_or(&Value::Null);
        matches!(op, "add" | "replace" | "remove").then_some(Self { op, path, value })
    }
}

/// Carries `patches`, and the manifest that a block brings with it, into `variables` where the template of the pool takes
/// them; the rest is said with the text to paste into the template.
pub(super) fn carry(
    context: &Context<'_>,
    case: &Case<'_>,
    (given, patches): (&Infrastructure<'_>, Option<Value>),
    variables: &mut Map<String, Value>,
    found: &mut Vec<Diagnostic>,
) {
    let patches = match patches {
        Some(Value::String(text)) => serde_json::from_str(&text).unwrap_or(Value::Null),
        Some(other) => other,
        None => json!([]),
    };
    let list = patches.as_array().map(Vec::as_slice);
    let read: Option<Vec<Patch<'_>>> = list.and_then(|it| it.iter().map(Patch::read).collect());
    let Some(read) = read else {
        let message = "`customizations` must be a list of JSON patches with `op` (add, replace or remove), `path` and `value`";
        found.push(context.error(rules::CUSTOMIZATIONS, case.at, message));
        return;
    };
    let own = given.data.get("job").filter(|it| it.is_object() && given.kind == "kubernetes-job");
    let usual = own.is_none_or(is_usual);
    if read.is_empty() && usual {
        return;
    }
    let made = usual_manifest();
    // a pool that nobody could look at has what each one of its type has
    let template = match given.template {
        Some(template) => template.pointer("/job_configuration/job_manifest"),
        None => Some(&made).filter(|_| given.kind == "kubernetes-job"),
    };
    let whole = template.and_then(placeholder);
    let base = match (own.filter(|_| !usual), template.filter(|_| whole.is_none())) {
        (Some(own), template) => with_variables(own, template.unwrap_or(&made)),
        (None, Some(template)) => template.clone(),
        (None, None) => whole.and_then(|it| default(given.template, it)).unwrap_or(made.clone()),
    };
    let mut manifest = base;
    let mut left = !usual;
    for patch in &read {
        let carried =
            template.is_some() && whole.is_none() && usual && carried(patch, &manifest, variables);
        if carried {
            continue;
        }
        if !given.is_known {
            begin(patch, &mut manifest);
        }
        if apply(patch, &mut manifest) {
            left = true;
        } else {
            let message = format!("`customizations`: there is no `{}` in the manifest", patch.path);
            let hint = "add what is above it first, as an agent of Prefect 2 wants it too";
            found.push(context.warning(rules::CUSTOMIZATIONS, case.at, message).hint(hint));
        }
    }
    match whole {
        Some(name) => {
            variables.insert(name.to_owned(), manifest);
        }
        None if left => found.push(told(context, case, given, &manifest)),
        None => {}
    }
}

fn told(
    context: &Context<'_>,
    case: &Case<'_>,
    given: &Infrastructure<'_>,
    manifest: &Value,
) -> Diagnostic {
    let pool = given.pool.map(|it| format!(" `{it}`")).unwrap_or_default();
    let message =
        format!("no job variable of the work pool{pool} takes these customizations of the job");
    let unread = if given.is_known {
        ""
    } else {
        ", and with it what the job of the block has, which was not read"
    };
    let hint = format!(
        "put this for `job_manifest` into the base job template of the pool{unread}: {manifest}"
    );
    context.warning(rules::CUSTOMIZATIONS, case.at, message).hint(hint)
}

/// `{{ name }}` alone.
fn placeholder(value: &Value) -> Option<&str> {
    let name = value.as_str()?.trim().strip_prefix("{{")?.strip_suffix("}}")?.trim();
    (!name.contains(['{', '}'])).then_some(name)
}

fn default(template: Option<&Value>, name: &str) -> Option<Value> {
    template?.pointer(&format!("/variables/properties/{name}/default")).cloned()
}

/// Whether the variables of `manifest` can say what `patch` says; then they do.
fn carried(patch: &Patch<'_>, manifest: &Value, variables: &mut Map<String, Value>) -> bool {
    if patch.op == "remove" {
        return false;
    }
    let mut new = variables.clone();
    let ok = match manifest.pointer(patch.path) {
        Some(target) => fill(target, patch.value, &mut new),
        None => append(patch, manifest, &mut new),
    };
    if ok {
        *variables = new;
    }
    ok
}

/// Gives `value` to the placeholders of `target`; false when it has others than `value` needs.
fn fill(target: &Value, value: &Value, variables: &mut Map<String, Value>) -> bool {
    if let Some(name) = placeholder(target) {
        let value = match pairs(value).filter(|_| name == "env") {
            Some(pairs) => pairs.into(),
            None => translated(name, value),
        };
        variables.insert(name.to_owned(), value);
        return true;
    }
    match (target, value) {
        (Value::Object(target), Value::Object(value)) => value
            .iter()
            .all(|(name, it)| target.get(name).is_some_and(|target| fill(target, it, variables))),
        _ => target == value,
    }
}

/// An entry of `env`, which is a list in the manifest and a mapping as a variable.
fn append(patch: &Patch<'_>, manifest: &Value, variables: &mut Map<String, Value>) -> bool {
    let parent = patch.path.strip_suffix("/-").and_then(|it| manifest.pointer(it));
    let is_env = parent.and_then(placeholder) == Some("env");
    let one = json!([patch.value]);
    let Some(pairs) = pairs(&one).filter(|_| is_env) else { return false };
    let env = variables.entry("env").or_insert_with(|| json!({}));
    if let Some(env) = env.as_object_mut() {
        env.extend(pairs);
    }
    true
}

/// `[{name, value}]` as a mapping; `None` when an entry takes its value from elsewhere.
fn pairs(value: &Value) -> Option<Map<String, Value>> {
    let one = |it: &Value| Some((it.get("name")?.as_str()?.to_owned(), it.get("value")?.clone()));
    value.as_array()?.iter().map(one).collect()
}

/// Makes the list that `patch` adds to, where the manifest that it was written for surely has it.
fn begin(patch: &Patch<'_>, manifest: &mut Value) {
    let list = patch.path.strip_suffix("/-").filter(|it| manifest.pointer(it).is_none());
    let Some((parent, last)) = list.and_then(|it| it.rsplit_once('/')) else { return };
    if let Some(Value::Object(parent)) = manifest.pointer_mut(parent) {
        parent.insert(last.to_owned(), json!([]));
    }
}

/// Changes `manifest`; false when there is no such place.
fn apply(patch: &Patch<'_>, manifest: &mut Value) -> bool {
    let Some((parent, last)) = patch.path.rsplit_once('/') else { return false };
    let last = last.replace("~1", "/").replace("~0", "~");
    let removes = patch.op == "remove";
    match manifest.pointer_mut(parent) {
        Some(Value::Object(it)) if removes => it.remove(&last).is_some(),
        Some(Value::Object(it)) => {
            it.insert(last, patch.value.clone());
            true
        }
        Some(Value::Array(it)) => {
            let at = if last == "-" { Some(it.len()) } else { last.parse().ok() };
            let Some(at) = at.filter(|at| *at < it.len() || (!removes && *at == it.len())) else {
                return false;
            };
            if removes || patch.op == "replace" {
                it.remove(at);
            }
            if !removes {
                it.insert(at, patch.value.clone());
            }
            true
        }
        _ => false,
    }
}
