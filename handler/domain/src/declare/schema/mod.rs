//! What a flow's parameter schema says against a value.
//!
//! Source: Prefect's server runs `jsonschema` with Draft 2020-12 over the parameters of a create, with every `required`
//! removed and no `format` asserted; measured on 3.9.1 and 2.20.27. The keywords are those of our own schemas; any other is
//! taken as fulfilled.

mod bounds;
mod pattern;
mod words;

use std::cell::Cell;

use serde_json::{Map, Value};

use super::placeholder::has_placeholder;
use crate::json::same;
use words::{unknown, wanted, wrong_type};

/// Deeper values, and recursive definitions, are taken as right.
const DEEPEST: u8 = 48;
/// Unions of unions multiply: what lies beyond so many comparisons is taken as right.
const MOST: u32 = 100_000;

/// One step into a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Into a mapping.
    Key(String),
    /// Into a list, from 0.
    Index(usize),
}

/// What kind of fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Of another type: a run may still convert it.
    Type,
    /// Not among the allowed values, or beyond a bound.
    Value,
    /// A member that must not be; its key is the last step.
    Member,
    /// A member is missing: the server looks for it only when a run starts.
    Missing,
}

/// A fault of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where it is, from the value.
    pub(super) path: Vec<Step>,
    /// What kind of fault it is.
    pub(super) kind: Kind,
    /// Goes after the name of the place: `must be an integer, this is a text`.
    pub(super) text: String,
}

impl Fault {
    pub(super) fn new(kind: Kind, text: impl Into<String>) -> Self {
        Self { path: Vec::new(), kind, text: text.into() }
    }
}

/// A part of a schema.
#[derive(Clone, Copy)]
pub(super) struct Schema<'a> {
    root: &'a Value,
    this: &'a Value,
    depth: u8,
    left: &'a Cell<u32>,
}

impl<'a> Schema<'a> {
    fn part(self, this: &'a Value) -> Self {
        Self { this, depth: self.depth + 1, ..self }
    }

    fn get(self, key: &str) -> Option<&'a Value> {
        self.this.get(key)
    }

    fn list(self, key: &str) -> impl Iterator<Item = Self> {
        let items = self.get(key).and_then(Value::as_array).into_iter().flatten();
        items.map(move |it| self.part(it))
    }

    /// The definition that a `$ref` names.
    fn referred(self) -> Option<Self> {
        let pointer = self.get("$ref")?.as_str()?.strip_prefix('#')?;
        self.root.pointer(pointer).map(|it| self.part(it))
    }

    fn spend(self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0 && self.depth < DEEPEST
    }
}

/// What of `value` does not fit the schema `root`, each as a path and what is wrong there; nothing is said of what is missing or
/// null.
pub(crate) fn misfits(value: &Value, root: &Value) -> Vec<(String, String)> {
    let at = |fault: &Fault| {
        fault.path.iter().try_fold(value, |it, step| match step {
            Step::Key(key) => it.get(key),
            Step::Index(at) => it.get(at),
        })
    };
    let path = |it: &Fault| {
        let parts = it.path.iter().map(|it| match it {
            Step::Key(key) => format!(".{key}"),
            Step::Index(at) => format!("[{at}]"),
        });
        parts.collect::<String>().trim_start_matches('.').to_owned()
    };
    let faults = faults(value, root).into_iter().filter(|it| it.kind != Kind::Missing);
    let faults = faults.filter(|it| !at(it).is_some_and(Value::is_null));
    faults.map(|it| (path(&it), it.text)).collect()
}

/// All faults of `value` against the whole schema `root`.
pub(super) fn faults(value: &Value, root: &Value) -> Vec<Fault> {
    against(value, Schema { root, this: root, depth: 0, left: &Cell::new(MOST) })
}

fn against(value: &Value, schema: Schema<'_>) -> Vec<Fault> {
    if !schema.spend() || is_open(value) {
        return Vec::new();
    }
    if schema.get("type").is_some_and(|it| !is_of_type(value, it)) {
        return vec![wrong_type(value, schema)];
    }
    let mut out: Vec<Fault> = choice(value, schema).into_iter().collect();
    out.extend(schema.referred().into_iter().flat_map(|it| against(value, it)));
    out.extend(alternatives(value, schema));
    match value {
        Value::Array(items) => out.extend(list(items, schema)),
        Value::Object(map) => out.extend(mapping(map, schema)),
        _ => {}
    }
    out.extend(schema.this.as_object().into_iter().flat_map(|it| bounds::faults(value, it)));
    out
}

/// A value that is known only later: a placeholder, or an object that the server turns into a value.
fn is_open(value: &Value) -> bool {
    match value {
        Value::String(text) => has_placeholder(text),
        Value::Object(map) => map.contains_key("__prefect_kind"),
        _ => false,
    }
}

fn is_of_type(value: &Value, want: &Value) -> bool {
    match (want.as_str(), value) {
        (Some("integer"), Value::Number(it)) => {
            it.is_i64() || it.is_u64() || it.as_f64().is_some_and(|it| it.fract() == 0.0)
        }
        (Some("integer"), _) => false,
        (Some("number"), it) => it.is_number(),
        (Some("string"), it) => it.is_string(),
        (Some("boolean"), it) => it.is_boolean(),
        (Some("null"), it) => it.is_null(),
        (Some("array"), it) => it.is_array(),
        (Some("object"), it) => it.is_object(),
        _ => true,
    }
}

fn choice(value: &Value, schema: Schema<'_>) -> Option<Fault> {
    let values = schema.get("enum").and_then(Value::as_array).map(Vec::as_slice);
    let values = values.or_else(|| schema.get("const").map(std::slice::from_ref))?;
    let fits = values.iter().any(|it| same(it, value));
    (!fits).then(|| Fault::new(Kind::Value, format!("must be {}", wanted(schema))))
}

/// `anyOf`: one has to fit. When only one of them is of the value's type, its own faults say most.
fn alternatives(value: &Value, schema: Schema<'_>) -> Vec<Fault> {
    let mut all: Vec<Vec<Fault>> = schema.list("anyOf").map(|it| against(value, it)).collect();
    if all.is_empty() || all.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    let soft = |it: &Vec<Fault>| it.iter().all(|it| it.kind == Kind::Missing);
    if let Some(at) = all.iter().position(soft) {
        return all.swap_remove(at);
    }
    let other = |it: &Vec<Fault>| matches!(it.as_slice(), [only] if only.kind == Kind::Type && only.path.is_empty());
    let near: Vec<usize> =
        (0..all.len()).filter(|at| all.get(*at).is_some_and(|it| !other(it))).collect();
    match near.as_slice() {
        [] => vec![wrong_type(value, schema)],
        [only] => all.swap_remove(*only),
        _ => vec![Fault::new(Kind::Value, format!("fits none of: {}", wanted(schema)))],
    }
}

fn inside(step: Step, faults: Vec<Fault>) -> impl Iterator<Item = Fault> {
    faults.into_iter().map(move |mut it| {
        it.path.insert(0, step.clone());
        it
    })
}

fn list(items: &[Value], schema: Schema<'_>) -> Vec<Fault> {
    let first: Vec<Schema<'_>> = schema.list("prefixItems").collect();
    let rest = schema.get("items").filter(|it| it.is_object()).map(|it| schema.part(it));
    let one = |(at, it): (usize, &Value)| {
        let schema = first.get(at).copied().or(rest)?;
        Some(inside(Step::Index(at), against(it, schema)))
    };
    items.iter().enumerate().filter_map(one).flatten().collect()
}

fn mapping(map: &Map<String, Value>, schema: Schema<'_>) -> Vec<Fault> {
    let none = Map::new();
    let known = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
    let mut out = Vec::new();
    for (key, value) in map {
        let step = Step::Key(key.clone());
        match (known.get(key), schema.get("additionalProperties")) {
            (Some(it), _) if key != REQUIRED => {
                out.extend(inside(step, against(value, schema.part(it))));
            }
            (None, Some(Value::Bool(false))) => {
                let text = unknown(key, known);
                out.extend(inside(step, vec![Fault::new(Kind::Member, text)]));
            }
            (None, Some(it)) => out.extend(inside(step, against(value, schema.part(it)))),
            _ => {}
        }
    }
    out.extend(missing(map, schema));
    out
}

/// The server drops every key of this name from the schema, a property of this name too.
const REQUIRED: &str = "required";

fn missing(map: &Map<String, Value>, schema: Schema<'_>) -> Option<Fault> {
    let names = schema.get(REQUIRED).and_then(Value::as_array)?;
    let gone: Vec<String> = names
        .iter()
        .filter_map(Value::as_str)
        .filter(|it| !map.contains_key(*it))
        .map(|it| format!("`{it}`"))
        .collect();
    (!gone.is_empty()).then(|| Fault::new(Kind::Missing, format!("has no {}", gone.join(", "))))
}
