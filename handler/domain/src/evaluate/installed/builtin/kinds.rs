//! `isinstance`, `issubclass`, `type`.

use std::rc::Rc;

use crate::evaluate::class::{Class, Instance, Kind};
use crate::evaluate::expression::dotted;
use crate::evaluate::value::Value;
use crate::evaluate::{exception, foreign};

/// Whether `it` is of `class`, which may be several; `None` when it is not known.
pub(in crate::evaluate) fn is_instance<'a>(it: &Value<'a>, class: &Value<'a>) -> Option<bool> {
    match class {
        _ if it.as_unknown().is_some() => None,
        // one level, as deeper ones may hold each other many times
        Value::Tuple(all) => {
            let single = all.iter().filter(|it| !matches!(it, Value::Tuple(_)));
            let found: Vec<Option<bool>> = single.map(|class| is_instance(it, class)).collect();
            if found.contains(&Some(true)) {
                Some(true)
            } else {
                found.into_iter().collect::<Option<Vec<_>>>().map(|_| false)
            }
        }
        Value::Class(class) => {
            Some(matches!(it, Value::Instance(it) if it.class.is_or_inherits(class)))
        }
        other => {
            dotted(other).filter(|it| may_be_class(it)).and_then(|class| of_outside(it, class))
        }
    }
}

/// Whether the name can be that of a class: those of packages that are not read begin with a large letter.
fn may_be_class(dotted: &str) -> bool {
    foreign::is_read(dotted) || {
        let last = dotted.rsplit('.').next().unwrap_or(dotted);
        last.starts_with(char::is_uppercase) && last.contains(|it: char| it.is_ascii_lowercase())
    }
}

fn of_outside(it: &Value<'_>, class: &str) -> Option<bool> {
    let name = class.rsplit('.').next().unwrap_or(class);
    Some(match (it, name) {
        (Value::Moment(it), "tzinfo") => it.type_name() == "timezone",
        (_, "object" | "Any") => true,
        _ if names(it).contains(&name) => true,
        // what Prefect itself has under a small name is a function or a module
        (Value::Outside(_) | Value::Module(_), "Flow") => false,
        (Value::Moment(it), "date") => matches!(it.type_name(), "date" | "datetime"),
        (Value::Instance(it), "str") => it.mixed_text().is_some(),
        (Value::Instance(it), "int") => it.mixed_int().is_some(),
        (Value::Instance(instance), _) if instance.class.kind.get() == Kind::Exception => {
            exception::is_of(it, &Value::outside(class))
        }
        (Value::Instance(it), "tuple") if it.class.kind.get() == Kind::NamedTuple => true,
        (Value::Instance(it), _) if last_of(it, name) => true,
        (Value::Instance(it), _) if it.class.open => return None,
        (Value::Object(_), _) if exception::is_exception(it) => {
            exception::is_of(it, &Value::outside(class))
        }
        (Value::Object(it), _) => it.class.rsplit('.').next() == Some(name),
        (Value::Outside(name), "type") => {
            return name
                .rsplit('.')
                .next()
                .is_some_and(|it| it.starts_with(char::is_uppercase))
                .then_some(true);
        }
        (Value::Outside(_), _) => return None,
        (other, name) => other.type_name() == name,
    })
}

/// Classes that a value is of by what it is, its own one and abstract ones.
fn names(it: &Value<'_>) -> &'static [&'static str] {
    match it {
        Value::None => &["NoneType"],
        Value::Bool(_) => &["int", "bool", "Integral", "Number", "Real", "Hashable"],
        Value::Int(_) => &["Integral", "Number", "Real", "Hashable"],
        Value::Float(_) => &["Number", "Real", "Hashable"],
        Value::Text(_) => {
            &["str", "Sequence", "Iterable", "Collection", "Sized", "Reversible", "Hashable"]
        }
        Value::Tuple(_) => {
            &["tuple", "Sequence", "Iterable", "Collection", "Sized", "Reversible", "Hashable"]
        }
        Value::List(_) => &[
            "list",
            "MutableSequence",
            "Sequence",
            "Iterable",
            "Collection",
            "Sized",
            "Reversible",
        ],
        Value::Dict(_) => {
            &["dict", "OrderedDict", "MutableMapping", "Mapping", "Iterable", "Collection", "Sized"]
        }
        Value::Set(_) => {
            &["set", "Set", "MutableSet", "AbstractSet", "Iterable", "Collection", "Sized"]
        }
        Value::Iterator(_) => &["Iterator", "Iterable", "Generator", "GeneratorType"],
        Value::Function(_) => &["Callable", "FunctionType"],
        Value::Method(_) => &["Callable", "MethodType"],
        Value::Native(_) => &["Callable"],
        Value::Class(_) => &["Callable", "type", "EnumMeta", "EnumType", "ABCMeta"],
        Value::Module(_) => &["ModuleType"],
        Value::Path(_) => &["Path", "PurePath", "PosixPath", "PathLike"],
        Value::Flow(_) => &["Flow"],
        _ => &[],
    }
}

/// Whether an installed class with that name is above the class of the object.
fn last_of(it: &Instance<'_>, name: &str) -> bool {
    it.class.installed_bases().iter().any(|it| it.rsplit('.').next() == Some(name))
}

/// `issubclass(it, class)`; `None` when it is not known.
pub(super) fn is_subclass<'a>(it: &Value<'a>, class: &Value<'a>) -> Option<bool> {
    match (it, class) {
        (_, Value::Outside(name)) if &**name == "builtins.object" => Some(true),
        (_, Value::Tuple(all)) => {
            let single = all.iter().filter(|it| !matches!(it, Value::Tuple(_)));
            let found: Vec<Option<bool>> = single.map(|class| is_subclass(it, class)).collect();
            if found.contains(&Some(true)) {
                Some(true)
            } else {
                found.into_iter().collect::<Option<Vec<_>>>().map(|_| false)
            }
        }
        (Value::Class(a), Value::Class(b)) => Some(a.is_or_inherits(b)),
        (Value::Class(a), other) if let Some(name) = dotted(other) => {
            if a.is_below(name) || of_exceptions(a, name) {
                Some(true)
            } else {
                (!a.open).then_some(false)
            }
        }
        (Value::Outside(a), Value::Outside(b)) if a == b => Some(true),
        (Value::Outside(a), Value::Outside(b)) => {
            let (a, b) = (a.strip_prefix("builtins.")?, b.strip_prefix("builtins.")?);
            Some(
                exception::is_below(a, b)
                    || (a, b) == ("bool", "int")
                    || (b == "BaseException" && super::names::is_exception(a)),
            )
        }
        _ => None,
    }
}

fn of_exceptions(it: &Class<'_>, name: &str) -> bool {
    let wanted = name.rsplit('.').next().unwrap_or(name);
    it.installed_bases()
        .iter()
        .any(|it| exception::is_below(it.rsplit('.').next().unwrap_or(it), wanted))
}

/// `type(value)`
pub(super) fn kind_of<'a>(it: &Value<'a>) -> Value<'a> {
    match it {
        Value::Instance(it) => Value::Class(Rc::clone(&it.class)),
        Value::Object(it) => Value::Outside(Rc::clone(&it.class)),
        Value::Unknown(_) => it.clone(),
        Value::Moment(it) => Value::outside(format!("datetime.{}", it.type_name())),
        Value::Path(_) => Value::outside("pathlib.PosixPath"),
        Value::Outside(name) if !name.starts_with("builtins.") => Value::outside("builtins.type"),
        other => Value::outside(format!("builtins.{}", other.type_name())),
    }
}
