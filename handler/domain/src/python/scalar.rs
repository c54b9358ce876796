//! The schema of types without parameters. Source: schemas that Prefect 3.9.1 and 2.20.27 registered, type by type.

use serde_json::{Value, json};

use crate::dialect::Dialect;

/// The schema of the type `dotted`; `None` when it is not in the table.
pub(super) fn schema(dotted: &str, dialect: Dialect) -> Option<Value> {
    let (module, name) = dotted.rsplit_once('.')?;
    match module {
        "builtins" => builtin(name),
        "typing" | "typing_extensions" | "collections" | "collections.abc" => typing(name),
        "datetime" => datetime(name),
        "uuid" => (name == "UUID").then(|| format("uuid")),
        "decimal" => (name == "Decimal").then(|| decimal(dialect)),
        "pathlib" => matches!(name, "Path" | "PurePath" | "PosixPath" | "WindowsPath")
            .then(|| format("path")),
        "re" => (name == "Pattern").then(|| format("regex")),
        "ipaddress" => ip(name),
        "pendulum" => pendulum(name, dialect),
        "pydantic" | "pydantic.types" | "pydantic.networks" => pydantic(name),
        _ => None,
    }
}

fn format(format: &str) -> Value {
    json!({"format": format, "type": "string"})
}

fn builtin(name: &str) -> Option<Value> {
    Some(match name {
        "int" => json!({"type": "integer"}),
        "float" => json!({"type": "number"}),
        "str" | "complex" => json!({"type": "string"}),
        "bool" => json!({"type": "boolean"}),
        "bytes" => format("binary"),
        "list" | "tuple" => json!({"items": {}, "type": "array"}),
        "set" | "frozenset" => json!({"items": {}, "type": "array", "uniqueItems": true}),
        "dict" => json!({"additionalProperties": true, "type": "object"}),
        "object" | "range" | "slice" | "type" | "Exception" | "BaseException" | "any"
        | "callable" | "memoryview" | "bytearray" => json!({}),
        _ => return None,
    })
}

fn typing(name: &str) -> Option<Value> {
    Some(match name {
        "Any" | "Hashable" | "Callable" | "Type" => json!({}),
        "List" | "Tuple" | "Sequence" | "Iterable" | "Collection" | "MutableSequence" | "Deque"
        | "deque" | "Generator" => {
            json!({"items": {}, "type": "array"})
        }
        "Set" | "FrozenSet" | "AbstractSet" | "MutableSet" => {
            json!({"items": {}, "type": "array", "uniqueItems": true})
        }
        "Dict" | "Mapping" | "MutableMapping" | "DefaultDict" | "defaultdict" | "OrderedDict" => {
            json!({"additionalProperties": true, "type": "object"})
        }
        "Counter" => json!({"additionalProperties": {"type": "integer"}, "type": "object"}),
        "Text" => json!({"type": "string"}),
        "AnyStr" => json!({"anyOf": [{"format": "binary", "type": "string"}, {"type": "string"}]}),
        _ => return None,
    })
}

fn datetime(name: &str) -> Option<Value> {
    Some(match name {
        "datetime" => format("date-time"),
        "date" => format("date"),
        "time" => format("time"),
        "timedelta" => format("duration"),
        _ => return None,
    })
}

fn decimal(dialect: Dialect) -> Value {
    if dialect.is_three() {
        return json!({"anyOf": [{"type": "number"}, {"type": "string"}]});
    }
    let pattern = r"^(?!^[-+.]*$)[+-]?0*\d*\.?\d*$";
    json!({"anyOf": [{"type": "number"}, {"pattern": pattern, "type": "string"}]})
}

fn ip(name: &str) -> Option<Value> {
    Some(match name {
        "IPv4Address" => format("ipv4"),
        "IPv6Address" => format("ipv6"),
        "IPv4Network" => format("ipv4network"),
        "IPv6Network" => format("ipv6network"),
        _ => return None,
    })
}

/// 3.x treats them as any class, 2.20 knows them.
fn pendulum(name: &str, dialect: Dialect) -> Option<Value> {
    let known = match name {
        "DateTime" => format("date-time"),
        "Date" => format("date"),
        "Duration" => format("duration"),
        _ => return None,
    };
    Some(if dialect.is_three() { json!({}) } else { known })
}

fn pydantic(name: &str) -> Option<Value> {
    Some(match name {
        "SecretStr" => json!({"format": "password", "type": "string", "writeOnly": true}),
        "AnyUrl" => json!({"format": "uri", "minLength": 1, "type": "string"}),
        "HttpUrl" => json!({"format": "uri", "maxLength": 2083, "minLength": 1, "type": "string"}),
        "PositiveInt" => json!({"exclusiveMinimum": 0, "type": "integer"}),
        "NonNegativeInt" => json!({"minimum": 0, "type": "integer"}),
        "PositiveFloat" => json!({"exclusiveMinimum": 0, "type": "number"}),
        "NonNegativeFloat" => json!({"minimum": 0, "type": "number"}),
        "StrictInt" => json!({"type": "integer"}),
        "StrictStr" => json!({"type": "string"}),
        "StrictBool" => json!({"type": "boolean"}),
        "StrictFloat" => json!({"type": "number"}),
        "Json" => {
            json!({"contentMediaType": "application/json", "contentSchema": {}, "type": "string"})
        }
        "FilePath" => format("file-path"),
        "DirectoryPath" => format("directory-path"),
        "AwareDatetime" | "NaiveDatetime" => format("date-time"),
        "UUID4" => format("uuid4"),
        "EmailStr" => format("email"),
        "ByteSize" => json!({"anyOf": [
            {"pattern": r"^\s*(\d*\.?\d+)\s*(\w+)?", "type": "string"},
            {"minimum": 0, "type": "integer"},
        ]}),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::pydantic;

    #[test]
    fn an_address_of_any_kind_is_a_uri() {
        let want = json!({"format": "uri", "minLength": 1, "type": "string"});
        assert_eq!(pydantic("AnyUrl"), Some(want));
    }
}
