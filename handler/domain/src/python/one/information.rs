//! What is said of a field besides its type, as a part of its schema.

use serde_json::{Map, Value};

use super::field::Field;
use super::kind::Type;
use super::limits::{self, BOUNDS, LENGTHS};
use super::render::Part;
use super::said::Default;
use crate::python::annotation::NoSchema;
use crate::python::casing;

/// Title, description and default, and whether they go beside a reference.
pub(super) fn info(field: &Field, is_said: bool) -> Result<(Map<String, Value>, bool), NoSchema> {
    let (mut out, mut is_said) = (Map::new(), is_said);
    if let Some(it) = &field.said.title {
        out.insert("title".into(), it.as_str().into());
        is_said = true;
    } else if !matches!(field.inner, Type::Enumeration(_)) {
        let unnamed = || NoSchema::Unread("a `Literal` of several types".to_owned());
        out.insert("title".into(), titled(field.alias().ok_or_else(unnamed)?).into());
    }
    if let Some(it) = field.said.description.as_ref().filter(|it| !it.is_empty()) {
        out.insert("description".into(), it.as_str().into());
        is_said = true;
    }
    if !field.is_required
        && !field.is_callable
        && let Some(it) = shown(&field.default)?.filter(|it| !it.is_null())
    {
        out.insert("default".into(), it);
        is_said = true;
    }
    Ok((out, is_said))
}

/// What pydantic 1 calls the field `alias`.
fn titled(alias: &str) -> String {
    casing::titled(alias).replace('_', " ")
}

/// The JSON of a default.
pub(super) fn shown(default: &Default) -> Result<Option<Value>, NoSchema> {
    match default {
        Default::Value(it) => Ok(Some(it.clone())),
        Default::Opaque => Err(NoSchema::Untyped),
        Default::Unsaid | Default::Required | Default::Made => Ok(None),
    }
}

/// The constraints, and what is said besides.
pub(super) fn validations(field: &Field) -> Part {
    let mut out = Map::new();
    if let Type::Scalar(it) = &field.inner {
        if it.family.has_length() {
            out.extend(limits::keywords(&field.said.limits, &LENGTHS));
        }
        if it.family.has_limits() {
            out.extend(limits::keywords(&field.said.limits, &BOUNDS));
        }
    }
    let is_enumeration = matches!(field.inner, Type::Enumeration(_));
    if field.said.is_const && !is_enumeration {
        out.insert("const".into(), shown(&field.default)?.unwrap_or_default());
    }
    out.extend(field.said.extra.clone());
    if !is_enumeration {
        out.extend(field.more.clone());
    }
    Ok(out)
}
