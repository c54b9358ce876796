//! Types outside the bundle as pydantic 1 knows them. Source: what `pydantic.v1` of Prefect 2.20.27 gives, type by type.

use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::kind::{Family, Many, Scalar, Type};
use crate::dialect::Dialect;
use crate::python::scalar;

/// The type `dotted`; `None` when it is not known.
pub(super) fn of(dotted: &str, dialect: Dialect) -> Option<Type> {
    Some(match known(dotted, dialect)? {
        Type::Scalar(it) => {
            let name = if dotted == "typing.Text" { "builtins.str" } else { dotted };
            Type::Scalar(Rc::new(Scalar { name: Some(name.to_owned()), ..Scalar::clone(&it) }))
        }
        other => other,
    })
}

fn known(dotted: &str, dialect: Dialect) -> Option<Type> {
    if let Some(name) = own(dotted) {
        return pydantic(name);
    }
    if dotted.starts_with("pydantic.") {
        return Some(second(dotted.rsplit('.').next()?));
    }
    if let Some(known) = standard(dotted) {
        return Some(known);
    }
    scalar::schema(dotted, dialect).map(|_| Type::Other)
}

/// The name in pydantic 1 of `dotted`.
pub(super) fn own(dotted: &str) -> Option<&str> {
    dotted.strip_prefix("pydantic.v1.")?.rsplit('.').next()
}

/// The modules of pydantic 1 whose types make a signature one of its own, and those that lead there.
pub(super) fn is_marking(dotted: &str) -> bool {
    let Some(rest) = dotted.strip_prefix("pydantic.v1.") else { return false };
    let (home, name) = rest.rsplit_once('.').unwrap_or(("", rest));
    match home {
        "types" | "main" | "generics" | "env_settings" => true,
        "" => !is_network(name) && pydantic(name).is_some() || is_model(dotted),
        _ => false,
    }
}

/// Whether `dotted` makes a model of what inherits it.
pub(super) fn is_model(dotted: &str) -> bool {
    let name = own(dotted);
    matches!(name, Some("BaseModel" | "BaseSettings" | "GenericModel"))
}

fn is_network(name: &str) -> bool {
    matches!(name, "EmailStr" | "NameEmail")
        || name.starts_with("IPvAny")
        || name.ends_with("Url")
        || name.ends_with("Dsn")
}

/// A class with this schema.
pub(super) fn scalar(schema: &Value, more: &Value, family: Family) -> Type {
    let map = |it: &Value| it.as_object().cloned().unwrap_or_default();
    Type::Scalar(Rc::new(Scalar { name: None, schema: map(schema), more: map(more), family }))
}

fn text(format: &str) -> Type {
    scalar(&json!({"type": "string", "format": format}), &json!({}), Family::Other)
}

fn many(kind: Many) -> Type {
    Type::Many(kind, Box::new(Type::Any), Map::new())
}

/// What is neither a class with arguments nor pydantic's.
fn standard(dotted: &str) -> Option<Type> {
    let (module, name) = dotted.rsplit_once('.')?;
    Some(match (module, name) {
        ("builtins", _) => return builtin(name),
        ("types", "NoneType") => Type::Null,
        ("typing" | "typing_extensions", _) => return typing(name),
        ("collections.abc", "Callable") => Type::Callable,
        ("collections", "Counter" | "OrderedDict" | "defaultdict") => {
            scalar(&json!({"type": "object"}), &json!({}), Family::Other)
        }
        ("datetime", "datetime") | ("pendulum", "DateTime") => text("date-time"),
        ("datetime", "date") | ("pendulum", "Date") => text("date"),
        ("datetime", "time") | ("pendulum", "Time") => text("time"),
        ("datetime", "timedelta") | ("pendulum", "Duration" | "Period") => {
            let schema = json!({"type": "number", "format": "time-delta"});
            scalar(&schema, &json!({}), Family::Other)
        }
        ("prefect.blocks.fields", "SecretDict") => {
            scalar(&json!({}), &json!({"type": "object"}), Family::Secrets)
        }
        ("uuid", "UUID") => text("uuid"),
        ("decimal", "Decimal") => scalar(&json!({"type": "number"}), &json!({}), Family::Decimal),
        ("pathlib", "Path" | "PosixPath" | "WindowsPath") => text("path"),
        ("re", "Pattern") => text("regex"),
        ("ipaddress", _) => match name {
            "IPv4Address" => text("ipv4"),
            "IPv6Address" => text("ipv6"),
            "IPv4Network" | "IPv6Network" | "IPv4Interface" | "IPv6Interface" => {
                text(&name.to_lowercase())
            }
            _ => return None,
        },
        _ => return None,
    })
}

fn builtin(name: &str) -> Option<Type> {
    let plain = |schema: Value, family| Some(scalar(&schema, &json!({}), family));
    match name {
        "int" => plain(json!({"type": "integer"}), Family::Integer),
        "float" => plain(json!({"type": "number"}), Family::Float),
        "str" => plain(json!({"type": "string"}), Family::Text),
        "bytes" => plain(json!({"type": "string", "format": "binary"}), Family::Bytes),
        "bool" => plain(json!({"type": "boolean"}), Family::Other),
        "dict" => plain(json!({"type": "object"}), Family::Other),
        "list" | "tuple" => plain(json!({"type": "array", "items": {}}), Family::Other),
        "set" | "frozenset" => {
            plain(json!({"type": "array", "items": {}, "uniqueItems": true}), Family::Other)
        }
        "object" => Some(Type::Any),
        _ => None,
    }
}

/// What is in `typing`, without arguments.
fn typing(name: &str) -> Option<Type> {
    let any = |count: usize| Type::Generic(vec![Type::Any; count]);
    Some(match name {
        "Any" | "Final" => Type::Any,
        "Callable" => Type::Callable,
        "Type" | "IO" => Type::Open,
        "Text" => return builtin("str"),
        "Pattern" => text("regex"),
        "AnyStr" => Type::Union(vec![builtin("bytes")?, builtin("str")?]),
        "List" => many(Many::List),
        "Set" => many(Many::Set),
        "FrozenSet" => many(Many::FrozenSet),
        "Tuple" => many(Many::Bare),
        "Sequence" | "MutableSequence" | "Iterable" | "Deque" => many(Many::Other),
        "Dict" | "Mapping" | "MutableMapping" | "DefaultDict" | "OrderedDict" | "ChainMap" => {
            Type::Mapping(Box::new(Type::Any), Box::new(Type::Any))
        }
        "Counter" => Type::Mapping(Box::new(Type::Any), Box::new(builtin("int")?)),
        "AbstractSet"
        | "AsyncContextManager"
        | "AsyncIterable"
        | "AsyncIterator"
        | "Awaitable"
        | "Collection"
        | "Container"
        | "ContextManager"
        | "Iterator"
        | "KeysView"
        | "MappingView"
        | "Match"
        | "MutableSet"
        | "Reversible"
        | "ValuesView" => any(1),
        "AsyncGenerator" | "ItemsView" => any(2),
        "Coroutine" | "Generator" => any(3),
        "Sized" => any(0),
        _ => return None,
    })
}

/// What is in pydantic 1.
fn pydantic(name: &str) -> Option<Type> {
    let number = |kind: &str, more: Value| scalar(&json!({"type": kind}), &more, Family::Number);
    Some(match name {
        "PositiveInt" => number("integer", json!({"exclusiveMinimum": 0})),
        "NegativeInt" => number("integer", json!({"exclusiveMaximum": 0})),
        "NonNegativeInt" => number("integer", json!({"minimum": 0})),
        "NonPositiveInt" => number("integer", json!({"maximum": 0})),
        "StrictInt" | "ConstrainedInt" => number("integer", json!({})),
        "PositiveFloat" => number("number", json!({"exclusiveMinimum": 0})),
        "NegativeFloat" => number("number", json!({"exclusiveMaximum": 0})),
        "NonNegativeFloat" => number("number", json!({"minimum": 0})),
        "NonPositiveFloat" => number("number", json!({"maximum": 0})),
        "StrictFloat" | "ConstrainedFloat" | "FiniteFloat" | "ConstrainedDecimal" => {
            number("number", json!({}))
        }
        "ByteSize" => return builtin("int"),
        "StrictBool" => {
            scalar(&json!({"type": "integer"}), &json!({"type": "boolean"}), Family::Number)
        }
        "StrictStr" | "ConstrainedStr" | "PaymentCardNumber" => return builtin("str"),
        "StrictBytes" | "ConstrainedBytes" => return builtin("bytes"),
        "ConstrainedDate" | "PastDate" | "FutureDate" => text("date"),
        "SecretStr" | "SecretBytes" => {
            let more = json!({"type": "string", "writeOnly": true, "format": "password"});
            scalar(&json!({}), &more, Family::Secret)
        }
        "FilePath" => path("file-path"),
        "DirectoryPath" => path("directory-path"),
        "Json" => Type::Json,
        "EmailStr" => address(json!({"format": "email"})),
        "NameEmail" => text("name-email"),
        "UUID1" | "UUID3" | "UUID4" | "UUID5" | "IPvAnyAddress" | "IPvAnyInterface"
        | "IPvAnyNetwork" => text(&name.to_lowercase()),
        "Color" => text("color"),
        "HttpUrl" => url(2083),
        "AnyUrl" | "AnyHttpUrl" | "FileUrl" | "AmqpDsn" | "CockroachDsn" | "KafkaDsn"
        | "MongoDsn" | "PostgresDsn" | "RedisDsn" | "MultiHostDsn" => url(65536),
        "PyObject" | "BaseConfig" => Type::Other,
        _ => return None,
    })
}

fn path(format: &str) -> Type {
    let schema = json!({"type": "string", "format": "path"});
    scalar(&schema, &json!({"format": format}), Family::Other)
}

fn address(more: Value) -> Type {
    scalar(&json!({"type": "string"}), &more, Family::Address)
}

fn url(most: usize) -> Type {
    address(json!({"minLength": 1, "maxLength": most, "format": "uri"}))
}

/// What is in pydantic 2: classes that mean nothing to pydantic 1, and names for a type with `Annotated`.
fn second(name: &str) -> Type {
    let known = match name {
        "StrictStr" | "Base64Str" | "Base64UrlStr" | "PaymentCardNumber" => builtin("str"),
        "StrictBytes" | "Base64Bytes" | "Base64UrlBytes" => builtin("bytes"),
        "StrictBool" => builtin("bool"),
        "FiniteFloat" => builtin("float"),
        "ByteSize" => builtin("int"),
        "FilePath" | "DirectoryPath" | "NewPath" | "SocketPath" => Some(text("path")),
        it if it.starts_with("UUID") => Some(text("uuid")),
        it if it.ends_with("Int") => builtin("int"),
        it if it.ends_with("Float") => builtin("float"),
        _ => None,
    };
    known.unwrap_or(Type::Other)
}
