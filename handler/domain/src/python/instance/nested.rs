//! What a field whose type is a class of the bundle shows of a value.

use ruff_python_ast::StmtClassDef;
use serde_json::{Map, Value};

use super::fitting::{self, Way};
use super::model;
use super::naming::is_said;
use crate::python::alters::alters;
use crate::python::enumeration;
use crate::python::names::Bound;
use crate::python::record::{self, Record, Shape};
use crate::python::scope::Scope;

/// What the class that is `bound` in `home` shows of `value`: where it is a record, its own fields, each as that shows it.
pub(super) fn kept<'a>(
    value: Value,
    (class, bound): (&'a StmtClassDef, &'a Bound<'a>),
    (home, way): (&Scope<'a>, Way<'_>),
    depth: usize,
) -> Option<Value> {
    let is_free = !way.is_checked && (way.is_raw || value.is_null());
    if is_free || enumeration::bound_to(bound, home, 0).is_some() {
        return Some(value);
    }
    let Ok(Some(record)) = record::of(class, home, &None, 0) else { return Some(value) };
    let is_altered = record.methods.iter().any(|it| alters(it, &|_| true));
    match record.shape {
        _ if is_altered || record.block.is_some() => (!way.is_raw).then_some(value),
        Shape::NamedTuple => value.is_array().then_some(value),
        Shape::Root => {
            let root = record.fields.first()?;
            fitting::kept(value, (root.annotation, &root.scope), way, depth + 1)
        }
        _ => fields(value, &record, way, depth).map(Value::from),
    }
}

/// The fields of `record`, if `value` has those and no other ones.
fn fields(
    value: Value,
    record: &Record<'_>,
    way: Way<'_>,
    depth: usize,
) -> Option<Map<String, Value>> {
    let Value::Object(mut given) = value else { return None };
    let is_part = matches!(record.shape, Shape::TypedDict { .. });
    // an object has checked its own fields
    let is_checked = way.is_checked && way.is_raw;
    let is_lax = way.is_lax && !model::is_strict(record);
    let way = Way { is_checked, is_lax, from: None, ..way };
    let mut out = Map::new();
    for (key, it) in model::shown(record)? {
        let Some(value) = given.shift_remove(&key) else {
            if is_part {
                continue;
            }
            if !is_checked || record.shape != Shape::Model {
                return None;
            }
            out.insert(key, model::left_out(record, it, depth + 1)?);
            continue;
        };
        let is_lax = way.is_lax && is_said(it, "strict") == Some(false);
        let way = Way { is_lax, ..way };
        out.insert(key, fitting::kept(value, (it.annotation, &it.scope), way, depth + 1)?);
    }
    if !given.is_empty() && !model::keeps_more(record) {
        return None;
    }
    out.extend(given);
    Some(out)
}
