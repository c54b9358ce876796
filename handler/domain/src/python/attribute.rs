//! Attributes of enumerations and of installed modules, and Python's own names.

use ruff_python_ast::{Expr, ExprAttribute};

use super::default::Evaluated;
use super::enumeration;
use super::scope::Scope;
use crate::dotted;

/// `Color.RED`, `Color.RED.value`, `Color.RED.name`, `os.getcwd`.
pub(super) fn read(it: &ExprAttribute, scope: &Scope<'_>, depth: usize) -> Evaluated {
    let member = |owner: &Expr, name: &str| enumeration::of(owner, scope, depth)?.member(name);
    if let Some(found) = member(&it.value, it.attr.as_str()) {
        return found.shown();
    }
    if let Expr::Attribute(inner) = &*it.value
        && let Some(found) = member(&inner.value, inner.attr.as_str())
    {
        return match it.attr.as_str() {
            "value" => found,
            "name" => Evaluated::Json(inner.attr.as_str().into()),
            _ => Evaluated::Unknown,
        };
    }
    if let Some("datetime.timezone.utc" | "datetime.UTC") = scope.attribute(it).as_deref() {
        return Evaluated::Zone(0);
    }
    match scope.attribute(it).as_deref() {
        Some("math.pi") => Evaluated::Json(std::f64::consts::PI.into()),
        Some("math.e") => Evaluated::Json(std::f64::consts::E.into()),
        Some("math.tau") => Evaluated::Json(std::f64::consts::TAU.into()),
        Some(dotted) if is_function(dotted) => Evaluated::Opaque,
        Some(dotted) => extra(dotted).map_or(Evaluated::Unknown, |it| Evaluated::Json(it.into())),
        None => Evaluated::Unknown,
    }
}

/// The text that a member of pydantic's `Extra` is: models that were written for pydantic 1 still say it by that.
fn extra(dotted: &str) -> Option<&str> {
    let (class, name) = dotted.rsplit_once('.')?;
    let modules = [
        "pydantic.Extra",
        "pydantic.config.Extra",
        "pydantic.v1.Extra",
        "pydantic.v1.config.Extra",
    ];
    let is_member = modules.contains(&class) && ["allow", "forbid", "ignore"].contains(&name);
    is_member.then_some(name)
}

/// Whether `dotted` is of a module that has hardly anything but functions and classes: its constants are spelled otherwise.
fn is_function(dotted: &str) -> bool {
    const CONSTANTS: [&str; 12] = [
        "os.sep",
        "os.linesep",
        "os.name",
        "os.environ",
        "os.curdir",
        "os.pardir",
        "os.extsep",
        "os.altsep",
        "os.pathsep",
        "os.defpath",
        "os.devnull",
        "json.decoder",
    ];
    let ends = [".min", ".max", ".resolution", ".__name__", ".__doc__", ".__version__"];
    let first = dotted::first(dotted);
    ["os", "math", "json", "datetime"].contains(&first)
        && !CONSTANTS.contains(&dotted)
        && !ends.iter().any(|it| dotted.ends_with(it))
}

/// What a name of Python's own is.
pub(super) fn builtin(dotted: &str) -> Evaluated {
    let Some(name) = dotted.strip_prefix("builtins.") else { return Evaluated::Unknown };
    if OPAQUE.contains(&name) || is_exception(name) {
        Evaluated::Opaque
    } else {
        Evaluated::Unknown
    }
}

/// Functions, classes and values of Python that have no JSON.
const OPAQUE: [&str; 20] = [
    "NotImplemented",
    "bool",
    "bytearray",
    "bytes",
    "complex",
    "dict",
    "float",
    "frozenset",
    "int",
    "len",
    "list",
    "max",
    "min",
    "object",
    "print",
    "set",
    "sorted",
    "str",
    "tuple",
    "type",
];

/// Whether the class `name` of Python is an exception or a warning.
fn is_exception(name: &str) -> bool {
    let others =
        ["GeneratorExit", "KeyboardInterrupt", "StopAsyncIteration", "StopIteration", "SystemExit"];
    let ends = ["Error", "Exception", "ExceptionGroup", "Warning"];
    ends.iter().any(|it| name.ends_with(it)) || others.contains(&name)
}
