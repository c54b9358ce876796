//! What is installed: Python's own functions and modules, as far as declarations use them. The rest is not known.

mod builtin;
mod collection;
mod data;
mod decorator;
mod environment;
mod system;

use std::cmp::Ordering;
use std::rc::Rc;

pub(super) use self::builtin::{is_builtin, is_instance, sorted};
pub(super) use self::environment::missing as missing_variable;

use super::call::{self, Args};
use super::class;
use super::machine::{Eval, Machine};
use super::value::{Object, Value};
use super::{attribute::native, moment, prefect};

/// The value of the dotted name, or the name itself.
pub(super) fn constant<'a>(machine: &mut Machine<'a>, dotted: &str) -> Value<'a> {
    if let Some(found) = moment::constant(dotted).or_else(|| system::constant(machine, dotted)) {
        return found;
    }
    Value::outside(dotted)
}

/// What the call `name(…)` gives.
pub(super) fn call<'a>(machine: &mut Machine<'a>, name: &Rc<str>, args: Args<'a>) -> Eval<'a> {
    let dotted = &**name;
    if let Some(builtin) = dotted.strip_prefix("builtins.") {
        return builtin::call(machine, builtin, args);
    }
    if dotted.starts_with("prefect") {
        return prefect::call(machine, name, args);
    }
    if let Some(made) = moment::make(machine, dotted, &args) {
        return made;
    }
    let made = decorator::call(machine, dotted, &args)?;
    let made = match made {
        Some(it) => Some(it),
        None => match system::call(machine, dotted, &args)? {
            Some(it) => Some(it),
            None => match data::call(machine, dotted, &args)? {
                Some(it) => Some(it),
                None => collection::call(machine, dotted, &args)?,
            },
        },
    };
    Ok(made.unwrap_or_else(|| machine.unknown(format!("the result of `{dotted}`"))))
}

/// What a call of an object gives.
pub(super) fn call_object<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    args: Args<'a>,
) -> Eval<'a> {
    match &*it.class {
        "functools.partial" => {
            let Some((callee, given)) = it.positional.split_first() else { return Ok(Value::None) };
            let mut all = Args::of(given.to_vec());
            all.named =
                it.fields.borrow().iter().map(|(name, it)| (Rc::clone(name), it.clone())).collect();
            all.named.retain(|(name, _)| args.named(name).is_none());
            all.positional.extend(args.positional);
            all.named.extend(args.named);
            all.open = args.open;
            call::value(machine, callee, all)
        }
        // a decorator with arguments: `@dataclass(frozen=True)`, `@wraps(f)`
        class if class.starts_with("decorator:") => {
            let name: Rc<str> = class.trim_start_matches("decorator:").into();
            let mut args = args;
            let own = it.fields.borrow();
            args.named.extend(own.iter().map(|(name, it)| (Rc::clone(name), it.clone())));
            drop(own);
            call(machine, &name, args)
        }
        class if class.starts_with("prefect") => prefect::call_object(machine, it, args),
        _ => Ok(machine.unknown(format!("the result of a {}", it.class))),
    }
}

/// What `object.name` gives.
pub(super) fn attribute<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
) -> Eval<'a> {
    if &*it.class == "builtins.super" {
        return class::of_parent(machine, it, name);
    }
    if let Some(found) = it.fields.borrow().get(name) {
        return Ok(found.clone());
    }
    let owner = Value::Object(Rc::clone(it));
    if it.class.starts_with("prefect") {
        return prefect::object_attribute(machine, it, name);
    }
    Ok(match (&*it.class, name) {
        (class, "args") if class.starts_with("builtins.") => Value::tuple(it.positional.clone()),
        (
            "io.TextIOWrapper"
            | "packaging.version.Version"
            | "uuid.UUID"
            | "string.Template"
            | "re.Match"
            | "re.Pattern"
            | "hashlib.hash"
            | "io.StringIO",
            _,
        ) => {
            return data::attribute(machine, it, name).unwrap_or(Ok(native(&owner, name)));
        }
        _ => machine.unknown(format!("`{name}` of a {}", it.class)),
    })
}

/// What `object.name(…)` gives.
pub(super) fn method<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    name: &str,
    args: Args<'a>,
) -> Eval<'a> {
    if it.class.starts_with("prefect") {
        return prefect::object_method(machine, it, name, args);
    }
    data::method(machine, it, name, &args)
}

/// What `name[key]` gives.
pub(super) fn item<'a>(machine: &mut Machine<'a>, name: &Rc<str>, key: &Value<'a>) -> Eval<'a> {
    if &**name == "os.environ" {
        return environment::item(machine, key);
    }
    // `list[int]`: a type
    Ok(Value::Outside(Rc::clone(name)))
}

/// What `object[key]` gives.
pub(super) fn item_of<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    _: &Value<'a>,
) -> Eval<'a> {
    Ok(machine.unknown(format!("a part of a {}", it.class)))
}

/// What `str(object)` gives, as far as it is known.
pub(super) fn text(it: &Object<'_>) -> Option<String> {
    let field = |name: &str| it.fields.borrow().get(name).and_then(Value::as_text).cloned();
    match &*it.class {
        class if class.starts_with("builtins.") => Some(
            it.positional
                .first()
                .and_then(Value::as_text)
                .map(ToString::to_string)
                .unwrap_or_default(),
        ),
        "packaging.version.Version" | "uuid.UUID" => field("text").map(|it| it.to_string()),
        _ => None,
    }
}

/// How two objects are ordered.
pub(super) fn order(a: &Object<'_>, b: &Object<'_>) -> Option<Ordering> {
    let parts = |it: &Object<'_>| {
        let text = it.fields.borrow().get("text").and_then(Value::as_text).cloned()?;
        let numbers = text.split(['.', '+', '-']).map_while(|it| it.parse::<u64>().ok());
        Some(numbers.collect::<Vec<u64>>())
    };
    Some(parts(a)?.cmp(&parts(b)?))
}

/// An object of an installed class with these arguments.
pub(super) fn object<'a>(machine: &Machine<'a>, class: &str, args: Args<'a>) -> Value<'a> {
    let mut fields: std::collections::BTreeMap<_, _> = args.named.into_iter().collect();
    if let Some(open) = args.open {
        fields.insert("*".into(), open);
    }
    Value::Object(Rc::new(Object {
        class: class.into(),
        positional: args.positional,
        fields: std::cell::RefCell::new(fields),
        at: machine.at,
    }))
}
