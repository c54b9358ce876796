//! Constraints of `Field` put into the type. Source: `get_annotation_with_constraints` of pydantic 1.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::kind::{Family, Many, Scalar, Type};
use crate::python::annotation::NoSchema;

/// The names of limits in a schema.
const KEYS: [(&str, &str); 11] = [
    ("gt", "exclusiveMinimum"),
    ("ge", "minimum"),
    ("lt", "exclusiveMaximum"),
    ("le", "maximum"),
    ("multiple_of", "multipleOf"),
    ("min_length", "minLength"),
    ("max_length", "maxLength"),
    ("regex", "pattern"),
    ("min_items", "minItems"),
    ("max_items", "maxItems"),
    ("unique_items", "uniqueItems"),
];

/// `limits` that are among `names`, by the names that a schema has for them.
pub(super) fn keywords(limits: &Map<String, Value>, names: &[&str]) -> Map<String, Value> {
    let known = KEYS.iter().filter(|(name, _)| names.contains(name));
    known.filter_map(|(name, key)| Some(((*key).to_owned(), limits.get(*name)?.clone()))).collect()
}

pub(super) const LENGTHS: [&str; 3] = ["min_length", "max_length", "regex"];
pub(super) const BOUNDS: [&str; 5] = ["gt", "ge", "lt", "le", "multiple_of"];
pub(super) const COUNTS: [&str; 3] = ["min_items", "max_items", "unique_items"];

/// `it` with these `limits` wherever it takes them.
///
/// # Errors
/// There are limits that no part of it takes: pydantic raises `ValueError`.
pub(super) fn applied(it: Type, limits: &Map<String, Value>) -> Result<Type, NoSchema> {
    if limits.is_empty() {
        return Ok(it);
    }
    let mut used = Vec::new();
    let out = go(it, limits, &mut used);
    if limits.keys().all(|it| used.contains(&it.as_str())) {
        Ok(out)
    } else {
        Err(NoSchema::Untyped)
    }
}

fn go(it: Type, limits: &Map<String, Value>, used: &mut Vec<&'static str>) -> Type {
    let all = |items: Vec<Type>, used: &mut Vec<&'static str>| {
        items.into_iter().map(|it| go(it, limits, used)).collect()
    };
    match it {
        Type::Scalar(scalar) => scalar_with(scalar, limits, used),
        Type::Annotated(inner, _) | Type::Wrapped(inner) => go(*inner, limits, used),
        Type::Union(members) => Type::Union(all(members, used)),
        Type::Tuple(items) => Type::Tuple(all(items, used)),
        Type::Mapping(key, value) => Type::Mapping(key, Box::new(go(*value, limits, used))),
        // one that has constraints of its own, or nothing inside
        Type::Many(kind, item, more) if kind == Many::Bare || !more.is_empty() => {
            Type::Many(kind, item, more)
        }
        Type::Many(kind, item, _) => {
            let names: &[&'static str] = match kind {
                Many::List => &COUNTS,
                Many::Set | Many::FrozenSet => &["min_items", "max_items"],
                _ => &[],
            };
            let more = keywords(limits, names);
            if !more.is_empty() {
                used.extend(names);
            }
            Type::Many(kind, Box::new(go(*item, limits, used)), more)
        }
        other => other,
    }
}

fn scalar_with(it: Rc<Scalar>, limits: &Map<String, Value>, used: &mut Vec<&'static str>) -> Type {
    let names: &[&'static str] = match it.family {
        Family::Text | Family::Bytes => &LENGTHS,
        Family::Secret => &["min_length", "max_length"],
        Family::Integer | Family::Float => &BOUNDS,
        Family::Decimal => &["gt", "ge", "lt", "le", "multiple_of", "max_digits", "decimal_places"],
        Family::Address | Family::Secrets | Family::Number | Family::Other => {
            return Type::Scalar(it);
        }
    };
    used.extend(names);
    let mut new = keywords(limits, names);
    let is_any = names.iter().any(|it| limits.contains_key(*it));
    if !is_any {
        return Type::Scalar(it);
    }
    let mut out = Scalar { name: None, ..Scalar::clone(&it) };
    match out.family {
        // these are classes below it, all else are new ones
        Family::Secret => out.more.extend(new),
        Family::Bytes => {
            new.remove("pattern");
            out.more = new;
        }
        _ => out.more = new,
    }
    if matches!(out.family, Family::Integer | Family::Float | Family::Decimal) {
        out.family = Family::Number;
    }
    Type::Scalar(Rc::new(out))
}
