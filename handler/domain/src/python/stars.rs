//! What `from module import *` gives: of installed modules the names that have a meaning here.

use ruff_python_ast::Expr;

use super::names::{Bound, Names};
use super::scalar;
use crate::dialect::Dialect;

/// Names of installed modules that are no types by themselves. Source: their `__all__` in Python 3.11 and pydantic 2.13.
const SPECIAL: &[(&str, &[&str])] = &[
    (
        "typing",
        &[
            "Annotated",
            "Callable",
            "ClassVar",
            "DefaultDict",
            "Final",
            "Generic",
            "Literal",
            "NamedTuple",
            "NewType",
            "NotRequired",
            "Optional",
            "Protocol",
            "Required",
            "TYPE_CHECKING",
            "TypeVar",
            "TypedDict",
            "Union",
        ],
    ),
    ("enum", &["Enum", "Flag", "IntEnum", "IntFlag", "ReprEnum", "StrEnum", "auto"]),
    ("dataclasses", &["dataclass", "field"]),
    ("datetime", &["UTC", "timezone"]),
    ("zoneinfo", &["ZoneInfo"]),
    ("os", &["environ", "getenv"]),
    ("abc", &["ABC"]),
    ("prefect", &["flow"]),
    (
        "pydantic",
        &[
            "AliasChoices",
            "AliasGenerator",
            "AliasPath",
            "BaseModel",
            "ConfigDict",
            "Discriminator",
            "Field",
            "InstanceOf",
            "JsonValue",
            "PlainValidator",
            "RootModel",
            "Secret",
            "SkipValidation",
            "StringConstraints",
            "WithJsonSchema",
            "conbytes",
            "condate",
            "condecimal",
            "confloat",
            "confrozenset",
            "conint",
            "conlist",
            "conset",
            "constr",
            "field_validator",
        ],
    ),
];

/// Names of `typing` besides these and the types that are known here. Source: its `__all__` in Python 3.11.
#[rustfmt::skip]
const REST: [&str; 41] = [
    "AbstractSet", "AnyStr", "AsyncContextManager", "AsyncGenerator", "AsyncIterable", "AsyncIterator", "Awaitable",
    "BinaryIO", "ByteString", "Concatenate", "ContextManager", "Coroutine", "ForwardRef", "IO", "LiteralString", "Match",
    "Never", "NoReturn", "ParamSpec", "ParamSpecArgs", "ParamSpecKwargs", "Reversible", "Self", "SupportsAbs",
    "SupportsBytes", "SupportsComplex", "SupportsFloat", "SupportsIndex", "SupportsInt", "SupportsRound", "Text",
    "TextIO", "TypeAlias", "TypeGuard", "TypeVarTuple", "Unpack", "assert_never", "cast", "final", "overload",
    "runtime_checkable",
];

/// Whether `from module import *` may bind `name`.
pub(super) fn may_bind(module: &str, name: &str) -> bool {
    let is_typing = matches!(module, "typing" | "typing_extensions");
    !is_typing || installed(module, name) || REST.contains(&name)
}

/// Whether `from module import *` binds `name`, `module` being installed.
pub(super) fn installed(module: &str, name: &str) -> bool {
    let module = if module == "typing_extensions" { "typing" } else { module };
    let special = SPECIAL.iter().find(|(it, _)| *it == module);
    let lower = name.starts_with(char::is_lowercase);
    // this table knows names of `collections` under `typing`, too
    let is_type = !(module == "typing" && lower)
        && scalar::known(&format!("{module}.{name}"), Dialect::cloud()).is_some();
    special.is_some_and(|(_, names)| names.contains(&name)) || is_type
}

/// Whether `from … import *` of the module `names` leaves `name` out.
pub(super) fn hides(names: &Names<'_>, name: &str) -> bool {
    let listed = match names.get("__all__") {
        Some(Bound::Value(Expr::List(it))) => &it.elts,
        Some(Bound::Value(Expr::Tuple(it))) => &it.elts,
        _ => return name.starts_with('_'),
    };
    !listed.iter().any(|it| it.as_string_literal_expr().is_some_and(|it| it.value == *name))
}
