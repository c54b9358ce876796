//! The fields of an infrastructure block as job variables of a work pool.
//!
//! Source: the infrastructure classes of 2.20, and the base job templates of 3.9 and of its worker packages.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::fields::{known, variable};
use super::{Case, manifest};
use crate::declare::Context;
use crate::diagnostic::{Diagnostic, did_you_mean};

/// What is carried over.
pub(super) struct Infrastructure<'a> {
    /// Block type slug.
    pub(super) kind: String,
    pub(super) data: Map<String, Value>,
    /// Whether `data` is all that the block says: false for a saved one that was not read.
    pub(super) is_known: bool,
    /// `infra_overrides`
    pub(super) stated: Map<String, Value>,
    pub(super) pool: Option<&'a str>,
    /// Of the pool, where a server was asked.
    pub(super) template: Option<&'a Value>,
}

/// The job variables that say what the block and its overrides say.
pub(super) fn read(
    context: &Context<'_>,
    case: &Case<'_>,
    mut given: Infrastructure<'_>,
    found: &mut Vec<Diagnostic>,
) -> Map<String, Value> {
    let stated: BTreeSet<String> =
        given.stated.keys().filter_map(|it| it.split('.').next()).map(str::to_owned).collect();
    for (name, value) in std::mem::take(&mut given.stated) {
        nest(&mut given.data, &name, value);
    }
    let mut out = Map::new();
    let patches = given.data.remove("customizations").filter(|it| !it.is_null());
    let names = known(&given.kind);
    let of_pool = given.template.and_then(|it| it.pointer("/variables/properties"));
    for (name, value) in &given.data {
        let own = matches!(name.as_str(), "type" | "block_type_slug" | "job");
        let is_known =
            names.contains(&name.as_str()) || of_pool.is_some_and(|it| it.get(name).is_some());
        let empty = is_empty(value);
        if name == "image" && !stated.contains(name) && is_of_two(value) {
            let message = format!("the image {value} has Prefect 2; that of the work pool is used");
            let hint = "state one with Prefect 3 by `infra_overrides={\"image\": …}`";
            found.push(context.warning("image-of-prefect-2", case.at, message).hint(hint));
        } else if stated.contains(name) || (is_known && !empty) {
            out.extend(variable(&given, name, value));
        } else if !own && !empty {
            let message = format!("`{name}` of the `{}` block has no job variable", given.kind);
            let hint = "write it into the base job template of the work pool";
            found.push(context.warning("infrastructure-field", case.at, message).hint(hint));
        }
    }
    manifest::carry(context, case, (&given, patches), &mut out, found);
    unknown(context, case, &given, &out, found);
    out
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

/// Prefect's own image, which blocks have when their authors state none.
fn is_of_two(image: &Value) -> bool {
    image.as_str().is_some_and(|it| it.starts_with("prefecthq/prefect:2"))
}

/// Variables that the pool does not have would be ignored in silence.
fn unknown(
    context: &Context<'_>,
    case: &Case<'_>,
    given: &Infrastructure<'_>,
    variables: &Map<String, Value>,
    found: &mut Vec<Diagnostic>,
) {
    let Some(known) =
        given.template.and_then(|it| it.pointer("/variables/properties")?.as_object())
    else {
        return;
    };
    let pool = given.pool.unwrap_or_default();
    for name in variables.keys().filter(|it| !known.contains_key(*it)) {
        let near = did_you_mean(name, known.keys().map(String::as_str));
        let message = format!("the work pool `{pool}` has no job variable `{name}`{near}");
        let hint = "add it to the base job template of the pool, or choose a pool of the kind of the infrastructure by SYNC_WORK_POOL";
        found.push(context.warning("job-variable", case.at, message).hint(hint));
    }
}

/// `env.A` is the member `A` of `env`. Source: `get_infrastructure` of prefect/agent.py, 2.20.
fn nest(data: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            data.insert(path.to_owned(), value);
        }
        Some((first, rest)) => {
            let inner = data.entry(first).or_insert_with(|| Value::Object(Map::new()));
            if !inner.is_object() {
                *inner = Value::Object(Map::new());
            }
            if let Some(inner) = inner.as_object_mut() {
                nest(inner, rest, value);
            }
        }
    }
}
