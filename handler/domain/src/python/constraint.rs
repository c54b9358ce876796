//! Constraints of `Field(…)`, `constr(…)`, `annotated_types`: the keywords of a JSON schema. Source: schemas of pydantic 2.13.

use ruff_python_ast::{Expr, ExprCall, Identifier};
use serde_json::{Map, Value};

/// The arguments of `call` that constrain: pydantic's name and the value; empty when it is no constraint.
pub(super) fn arguments<'e>(dotted: &str, call: &'e ExprCall) -> Vec<(&'e str, &'e Expr)> {
    let Some((module, name)) = dotted.rsplit_once('.') else { return Vec::new() };
    let positional: &[&'static str] = match (module, name) {
        ("annotated_types", "Ge") => &["ge"],
        ("annotated_types", "Gt") => &["gt"],
        ("annotated_types", "Le") => &["le"],
        ("annotated_types", "Lt") => &["lt"],
        ("annotated_types", "MultipleOf") => &["multiple_of"],
        ("annotated_types", "MinLen") => &["min_length"],
        ("annotated_types", "MaxLen") => &["max_length"],
        ("annotated_types", "Len") => &["min_length", "max_length"],
        ("annotated_types", "Interval") => &[],
        // the first argument of `Field` is a default, that of `conlist` a type
        (it, _) if it.starts_with("pydantic") => &[],
        _ => return Vec::new(),
    };
    let named = call.arguments.keywords.iter();
    let old = |it: &'e str| match it {
        "min_items" if name == "Field" => "min_length",
        "max_items" if name == "Field" => "max_length",
        other => other,
    };
    let named =
        named.filter_map(|it| Some((it.arg.as_ref().map(Identifier::as_str).map(old)?, &it.value)));
    positional.iter().copied().zip(&call.arguments.args).chain(named).collect()
}

/// The type that `conint`, `conlist` and the like constrain, as a dotted name.
pub(super) fn constrained(dotted: &str) -> Option<&'static str> {
    Some(match dotted.strip_prefix("pydantic.").map(|it| it.trim_start_matches("types."))? {
        "conint" => "builtins.int",
        "confloat" => "builtins.float",
        "constr" => "builtins.str",
        "conbytes" => "builtins.bytes",
        "condate" => "datetime.date",
        "condecimal" => "decimal.Decimal",
        "conlist" => "builtins.list",
        "conset" => "builtins.set",
        "confrozenset" => "builtins.frozenset",
        _ => return None,
    })
}

/// What is constrained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Array,
    Object,
    Other,
}

/// Whether `name` is a constraint at all.
pub(super) fn is_constraint(name: &str) -> bool {
    matches!(
        name,
        "ge" | "gt" | "le" | "lt" | "multiple_of" | "min_length" | "max_length" | "pattern"
    )
}

/// Adds the constraint `name` to `schema`; one of `X | None` and of a decimal is that of its first member.
pub(super) fn add(schema: &mut Map<String, Value>, name: &str, value: Value, dotted: Option<&str>) {
    let decimal = dotted == Some("decimal.Decimal");
    if let Some(Value::Array(members)) = schema.get_mut("anyOf") {
        let nullable =
            matches!(members.as_slice(), [_, last] if *last == serde_json::json!({"type": "null"}));
        if let Some(first) = members.first_mut().and_then(Value::as_object_mut)
            && (nullable || decimal)
        {
            let value = if decimal { value.as_f64().map_or(value, Value::from) } else { value };
            return add(first, name, value, None);
        }
    }
    // pydantic counts the items of a deque as characters
    let kind = if dotted.is_some_and(|it| it.to_lowercase().ends_with(".deque")) {
        Kind::Other
    } else {
        kind(schema)
    };
    if let Some(key) = keyword(name, kind) {
        schema.insert(key.to_owned(), value);
        schema.sort_keys();
    }
}

fn kind(schema: &Map<String, Value>) -> Kind {
    match schema.get("type").and_then(Value::as_str) {
        Some("string") => Kind::Text,
        Some("integer" | "number") => Kind::Number,
        Some("array") => Kind::Array,
        Some("object") => Kind::Object,
        _ => Kind::Other,
    }
}

/// The keyword for `name`; a limit of what is no number keeps pydantic's name, one of a text (a date) has none.
fn keyword(name: &str, kind: Kind) -> Option<&str> {
    Some(match (name, kind) {
        ("ge", Kind::Number) => "minimum",
        ("gt", Kind::Number) => "exclusiveMinimum",
        ("le", Kind::Number) => "maximum",
        ("lt", Kind::Number) => "exclusiveMaximum",
        ("multiple_of", Kind::Number) => "multipleOf",
        ("ge" | "gt" | "le" | "lt" | "multiple_of", Kind::Text) => return None,
        ("min_length", Kind::Array) => "minItems",
        ("max_length", Kind::Array) => "maxItems",
        ("min_length", Kind::Object) => "minProperties",
        ("max_length", Kind::Object) => "maxProperties",
        ("min_length", _) => "minLength",
        ("max_length", _) => "maxLength",
        (other, _) => other,
    })
}
