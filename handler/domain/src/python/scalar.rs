//! The schema of types without parameters. Source: schemas that Prefect 3.9.1 and 2.20.27 registered, type by type.

use serde_json::{Value, json};

use super::{installed, packaged, pydantic_type, usual};
use crate::dialect::Dialect;

/// The schema of the type `dotted`; `None` when it is not in the table.
pub(super) fn schema(dotted: &str, dialect: Dialect) -> Option<Value> {
    let (module, name) = dotted.rsplit_once('.')?;
    let is_class = || name.starts_with(char::is_uppercase) && !TABLES.contains(&module);
    let is_any = || installed::is_standard(module) || packaged::is_plain(dotted, dialect);
    let is_other = || is_class() && is_any() || usual::is_class(dotted);
    known(dotted, dialect).or_else(|| is_other().then(|| json!({})))
}

/// Modules whose classes are all in the tables.
const TABLES: [&str; 5] = ["builtins", "typing", "collections", "collections.abc", "enum"];

/// Types of Prefect 3 that stand for limited numbers.
fn of_prefect(name: &str) -> Option<Value> {
    Some(match name {
        "NonNegativeInteger" => json!({"minimum": 0, "type": "integer"}),
        "PositiveInteger" => json!({"exclusiveMinimum": 0, "type": "integer"}),
        "NonNegativeFloat" => json!({"minimum": 0.0, "type": "number"}),
        "StatusCode" => json!({"maximum": 599, "minimum": 100, "type": "integer"}),
        _ => return None,
    })
}

/// The same, without the classes of the standard library that pydantic takes for any class.
pub(super) fn known(dotted: &str, dialect: Dialect) -> Option<Value> {
    let (module, name) = dotted.rsplit_once('.')?;
    match module {
        "builtins" => builtin(name),
        "typing" | "typing_extensions" | "collections" | "collections.abc" => typing(name),
        "datetime" => datetime(name),
        "uuid" => (name == "UUID").then(|| format("uuid")),
        "decimal" => (name == "Decimal").then(|| decimal(dialect)),
        "pathlib" => path(name, dialect),
        "re" if name == "Pattern" => Some(format("regex")),
        "os" if name == "PathLike" => Some(format("path")),
        "ipaddress" => ip(name),
        "pendulum" => pendulum(name, dialect),
        "pydantic" | "pydantic.types" | "pydantic.networks" => pydantic_type::schema(name),
        "fractions" => (name == "Fraction").then(|| fraction(dialect)),
        "zoneinfo" => (name == "ZoneInfo").then(|| format("zoneinfo")),
        "prefect.types" if dialect.is_three() => of_prefect(name),
        "types" if name == "NoneType" => Some(json!({"type": "null"})),
        _ => None,
    }
}

pub(super) fn format(format: &str) -> Value {
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
        it if EXCEPTIONS.contains(&it) => json!({}),
        "enumerate" | "filter" | "map" | "zip" | "property" | "object" | "range" | "slice"
        | "type" | "Exception" | "BaseException" | "any" | "callable" | "memoryview"
        | "bytearray" => json!({}),
        _ => return None,
    })
}

/// Exceptions that are a part of the language.
const EXCEPTIONS: [&str; 18] = [
    "ArithmeticError",
    "AssertionError",
    "AttributeError",
    "ConnectionError",
    "FileNotFoundError",
    "ImportError",
    "IndexError",
    "KeyError",
    "LookupError",
    "NotImplementedError",
    "OSError",
    "PermissionError",
    "RuntimeError",
    "StopIteration",
    "TimeoutError",
    "TypeError",
    "ValueError",
    "Warning",
];

fn typing(name: &str) -> Option<Value> {
    Some(match name {
        "Any" | "Type" => json!({}),
        "List" | "Tuple" | "Sequence" | "Iterable" | "MutableSequence" | "Deque" | "deque"
        | "Generator" => {
            json!({"items": {}, "type": "array"})
        }
        "Set" | "FrozenSet" | "AbstractSet" | "MutableSet" => {
            json!({"items": {}, "type": "array", "uniqueItems": true})
        }
        "Dict" | "Mapping" | "MutableMapping" | "OrderedDict" => {
            json!({"additionalProperties": true, "type": "object"})
        }
        "Counter" => json!({"additionalProperties": {"type": "integer"}, "type": "object"}),
        "Text" => json!({"type": "string"}),
        "Pattern" => format("regex"),
        "AnyStr" => json!({"anyOf": [{"format": "binary", "type": "string"}, {"type": "string"}]}),
        it if OPAQUE.contains(&it) => json!({}),
        _ => return None,
    })
}

/// Classes and special forms of `typing` and `collections` that pydantic takes for any class.
const OPAQUE: [&str; 39] = [
    "AsyncContextManager",
    "AsyncGenerator",
    "AsyncIterable",
    "AsyncIterator",
    "Awaitable",
    "BinaryIO",
    "ByteString",
    "ChainMap",
    "Collection",
    "Container",
    "ContextManager",
    "Coroutine",
    "Hashable",
    "IO",
    "ItemsView",
    "Iterator",
    "KeysView",
    "LiteralString",
    "MappingView",
    "Match",
    "Never",
    "NoReturn",
    "Reversible",
    "Sized",
    "SupportsAbs",
    "SupportsBytes",
    "SupportsComplex",
    "SupportsFloat",
    "SupportsIndex",
    "SupportsInt",
    "SupportsRound",
    "TextIO",
    "TypeGuard",
    "UserDict",
    "UserList",
    "UserString",
    "ValuesView",
    "Buffer",
    "Self",
];

fn datetime(name: &str) -> Option<Value> {
    Some(match name {
        "datetime" => format("date-time"),
        "date" => format("date"),
        "time" => format("time"),
        "timedelta" => format("duration"),
        "tzinfo" | "timezone" => json!({}),
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

fn fraction(dialect: Dialect) -> Value {
    let text = json!({"format": "fraction", "type": "string"});
    if dialect.is_three() { json!({"anyOf": [{"type": "number"}, text]}) } else { text }
}

/// Paths of Windows are unknown to the older pydantic of 2.20.
fn path(name: &str, dialect: Dialect) -> Option<Value> {
    Some(match name {
        "WindowsPath" if !dialect.is_three() => json!({}),
        "Path" | "PurePath" | "PosixPath" | "WindowsPath" | "PurePosixPath" | "PureWindowsPath" => {
            format("path")
        }
        _ => return None,
    })
}

fn ip(name: &str) -> Option<Value> {
    Some(match name {
        "IPv4Address" => format("ipv4"),
        "IPv6Address" => format("ipv6"),
        "IPv4Network" => format("ipv4network"),
        "IPv6Network" => format("ipv6network"),
        "IPv4Interface" => format("ipv4interface"),
        "IPv6Interface" => format("ipv6interface"),
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
