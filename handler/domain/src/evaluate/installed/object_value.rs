//! Objects of installed classes: how they compare, and how they are written.

use std::cmp::Ordering;
use std::rc::Rc;

use super::{configuration, decimal, namespace, specifier, version};
use crate::evaluate::call::Args;
use crate::evaluate::machine::{Machine, Stop};
use crate::evaluate::moment::{recurrence, relative};
use crate::evaluate::quoting::quoted;
use crate::evaluate::value::{Object, Value};

/// `item in object`; `None` when the items decide it.
pub(in crate::evaluate) fn contains<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    item: &Value<'a>,
) -> Result<Option<bool>, Stop<'a>> {
    match &*it.class {
        "packaging.specifiers.SpecifierSet" => {
            let args = Args::of(vec![item.clone()]);
            Ok(specifier::method(machine, it, "contains", &args)?.truth())
        }
        "configparser.ConfigParser" | "configparser.SectionProxy" => {
            Ok(Some(configuration::contains(it, item)))
        }
        "types.SimpleNamespace" | "argparse.Namespace" => {
            Ok(item.as_text().map(|name| it.fields.borrow().contains_key(name)))
        }
        _ => Ok(None),
    }
}

/// The text of an object that has one.
pub(super) fn own_text(it: &Object<'_>) -> Option<Rc<str>> {
    it.fields.borrow().get("text").and_then(Value::as_text).cloned()
}

/// Whether two objects are equal; `None` when it is not known.
pub(in crate::evaluate) fn equal(a: &Object<'_>, b: &Object<'_>) -> Option<bool> {
    match (&*a.class, &*b.class) {
        ("packaging.version.Version", "packaging.version.Version") => {
            version::order(a, b).map(Ordering::is_eq)
        }
        ("uuid.UUID", "uuid.UUID") => Some(own_text(a)? == own_text(b)?),
        (decimal::CLASS, decimal::CLASS) => decimal::order(a, b).map(Ordering::is_eq),
        (x, y) if x.starts_with("builtins.") && y.starts_with("builtins.") => Some(false),
        (x, y) if x == y && matches!(x, "types.SimpleNamespace" | "argparse.Namespace") => {
            Some(namespace::equal(a, b))
        }
        (x, y) if x != y => Some(false),
        _ => None,
    }
}

/// What tells an object among the keys of a dictionary; `None`: only its identity does.
pub(in crate::evaluate) fn hash(it: &Object<'_>) -> Option<String> {
    match &*it.class {
        "packaging.version.Version" => version::key(it),
        "uuid.UUID" => Some(format!("uuid {}", own_text(it)?)),
        _ => None,
    }
}

/// How two objects are ordered; `None` when it is not known.
pub(in crate::evaluate) fn order(a: &Object<'_>, b: &Object<'_>) -> Option<Ordering> {
    match (&*a.class, &*b.class) {
        ("packaging.version.Version", "packaging.version.Version") => version::order(a, b),
        ("uuid.UUID", "uuid.UUID") => Some(own_text(a)?.cmp(&own_text(b)?)),
        (decimal::CLASS, decimal::CLASS) => decimal::order(a, b),
        _ => None,
    }
}

/// What `str(object)` gives where it is not what `repr` gives.
pub(in crate::evaluate) fn text(it: &Object<'_>) -> Option<String> {
    match &*it.class {
        "packaging.version.Version"
        | "uuid.UUID"
        | "packaging.specifiers.SpecifierSet"
        | decimal::CLASS => own_text(it).map(|it| it.to_string()),
        "dateutil.rrule.rrule" => recurrence::text(it),
        _ => None,
    }
}

/// What `repr(object)` gives, when it is known.
pub(in crate::evaluate) fn repr(it: &Object<'_>) -> Option<String> {
    let own = || own_text(it).map(|it| quoted(&it));
    match &*it.class {
        "packaging.version.Version" => Some(format!("<Version({})>", own()?)),
        "packaging.specifiers.SpecifierSet" => Some(format!("<SpecifierSet({})>", own()?)),
        "uuid.UUID" => Some(format!("UUID({})", own()?)),
        decimal::CLASS => Some(format!("Decimal({})", own()?)),
        "types.SimpleNamespace" | "argparse.Namespace" => namespace::repr(it),
        "builtins.slice" => Some(builtin_slice(it)),
        _ => None,
    }
}

fn builtin_slice(it: &Object<'_>) -> String {
    let parts = slice_of(it).map(|it| crate::evaluate::format::repr(&it));
    format!("slice({})", parts.join(", "))
}

fn slice_of<'a>(it: &Object<'a>) -> [Value<'a>; 3] {
    let part = |at: usize| it.positional.get(at).cloned().unwrap_or(Value::None);
    if it.positional.len() == 1 {
        [Value::None, part(0), Value::None]
    } else {
        [part(0), part(1), part(2)]
    }
}

/// Start, end and step of a `slice(…)`.
pub(in crate::evaluate) fn slice_parts<'a>(it: &Value<'a>) -> Option<[Value<'a>; 3]> {
    match it {
        Value::Object(it) if &*it.class == "builtins.slice" => Some(slice_of(it)),
        _ => None,
    }
}

/// `left op right` where an object is one side.
pub(in crate::evaluate) fn operator<'a>(
    machine: &mut Machine<'a>,
    op: ruff_python_ast::Operator,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Value<'a> {
    let made =
        relative::operator(op, left, right).or_else(|| decimal::operator(machine, op, left, right));
    let name = left.type_name();
    made.unwrap_or_else(|| machine.unknown(format!("`{}` of {name}", op.as_str())))
}
