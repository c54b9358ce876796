//! `Literal[…]` as pydantic 1 shows it.

use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::field::Field;
use super::kind::Type;
use super::said::Default;

/// The values by their types, in order of the first of each; `None` when they have one type.
pub(super) fn split(values: &[Value]) -> Option<Vec<Vec<Value>>> {
    let mut out: Vec<Vec<Value>> = Vec::new();
    for it in values {
        let same = out.iter_mut().find(|all| all.first().is_some_and(|a| kind(a) == kind(it)));
        match same {
            Some(all) => all.push(it.clone()),
            None => out.push(vec![it.clone()]),
        }
    }
    (out.len() > 1).then_some(out)
}

/// `field`, as a union of one `Literal` for each type.
pub(super) fn union(field: &Field, kinds: Vec<Vec<Value>>) -> Field {
    let is_null = |it: &[Value]| it.iter().all(Value::is_null);
    let literal = |it: Vec<Value>| if is_null(&it) { Type::Null } else { Type::Literal(it) };
    let members = kinds.into_iter().map(literal).collect();
    let mut out = Field::of_union(field.name.clone(), members, Rc::clone(&field.said));
    out.is_required = field.is_required;
    out.default = match &field.default {
        Default::Unsaid => Default::Unsaid,
        known => known.clone(),
    };
    out
}

/// What pydantic calls a `Literal` among others: `Literal['a', 1]`; `None` where that is not known here.
pub(super) fn shown(it: &Type) -> Option<String> {
    let Type::Literal(values) = it else { return None };
    let shown: Option<Vec<String>> = values.iter().map(value).collect();
    Some(format!("Literal[{}]", shown?.join(", ")))
}

fn value(it: &Value) -> Option<String> {
    Some(match it {
        Value::String(it) if !it.contains(['\'', '\\', '\n']) => format!("'{it}'"),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Null => "None".to_owned(),
        Value::Number(it) => it.to_string(),
        _ => return None,
    })
}

/// The schema of values of one type.
pub(super) fn schema(values: &[Value]) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("enum".into(), json!(values));
    let name = values.first().and_then(kind);
    if let Some(name) = name {
        out.insert("type".into(), name.into());
    }
    out
}

fn kind(it: &Value) -> Option<&'static str> {
    Some(match it {
        Value::String(_) => "string",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        _ => return None,
    })
}
