//! What a loop over a value gives.

use std::rc::Rc;

use super::call::Args;
use super::class::{self, Instance, Kind};
use super::limits::MAX_ITEMS;
use super::machine::{Machine, Stop};
use super::value::Value;
use super::{attribute, installed};

/// The items of `it`; `None` when they are not known.
pub(super) fn of<'a>(
    machine: &mut Machine<'a>,
    it: &Value<'a>,
) -> Result<Option<Vec<Value<'a>>>, Stop<'a>> {
    if letters(it).is_some_and(|it| it > MAX_ITEMS) {
        return Err(Stop::TooMuch(machine.at, "it makes a collection that is too large"));
    }
    let items = match it {
        Value::List(it) => it.borrow().clone(),
        Value::Tuple(it) => it.to_vec(),
        Value::Iterator(it) => it.borrow_mut().drain(..).collect(),
        Value::Set(it) | Value::Dict(it) => it.borrow().keys(),
        Value::Text(it) => it.chars().map(|it| Value::text(it.to_string())).collect(),
        Value::Bytes(it) => it.iter().map(|it| Value::Int((*it).into())).collect(),
        Value::Class(it) if it.is_enum() => it.members(),
        Value::Instance(instance) => {
            let instance = Rc::clone(instance);
            return of_instance(machine, it, &instance);
        }
        Value::Object(object) => return installed::items(machine, object),
        Value::Outside(name) if &**name == "os.environ" => {
            return of(machine, &installed::environment_spread(machine, it));
        }
        Value::Unknown(_) | Value::Outside(_) => return Ok(None),
        other => {
            let message = format!("'{}' object is not iterable", other.type_name());
            return machine.raise("TypeError", message);
        }
    };
    machine.spend_items(items.len())?;
    Ok(Some(items))
}

/// The bytes of what has no items before they are asked for.
fn letters(it: &Value<'_>) -> Option<usize> {
    match it {
        Value::Text(it) => Some(it.len()),
        Value::Bytes(it) => Some(it.len()),
        _ => None,
    }
}

/// The items of an object: as `__iter__` gives them, `__next__`, `__getitem__`, or as what it is.
fn of_instance<'a>(
    machine: &mut Machine<'a>,
    it: &Value<'a>,
    instance: &Rc<Instance<'a>>,
) -> Result<Option<Vec<Value<'a>>>, Stop<'a>> {
    let class = &instance.class;
    let name = ["__iter__", "__aiter__"].into_iter().find(|it| class.find(machine, it).is_some());
    if let Some(name) = name {
        let given = attribute::call(machine, it, name, Args::none())?;
        return match &given {
            Value::Instance(other) if has_next(machine, other) => all_next(machine, &given),
            other => machine.nested(|machine| of(machine, other)),
        };
    }
    if let Some(items) = instance.items() {
        return Ok(Some(items));
    }
    if let Some(own) = instance.underlying() {
        return machine.nested(|machine| of(machine, own));
    }
    if class.find(machine, "__getitem__").is_some() {
        return all_at(machine, it);
    }
    if class.open || !matches!(class.kind.get(), Kind::Plain | Kind::Dataclass) {
        let fields = class::as_dict(instance);
        let is_model = class.kind.get() == Kind::Model;
        return Ok(is_model.then(|| {
            fields.iter().map(|(key, it)| Value::tuple(vec![key.clone(), it.clone()])).collect()
        }));
    }
    machine.raise("TypeError", format!("'{}' object is not iterable", class.name))
}

fn has_next(machine: &Machine<'_>, it: &Instance<'_>) -> bool {
    let class = &it.class;
    let bound = |name: &str| {
        let own = machine.scopes.get(class.scope).is_some_and(|it| it.values.contains_key(name));
        own || class
            .parents()
            .any(|it| machine.scopes.get(it.scope).is_some_and(|it| it.values.contains_key(name)))
    };
    bound("__next__") || bound("__anext__")
}

fn all_next<'a>(
    machine: &mut Machine<'a>,
    it: &Value<'a>,
) -> Result<Option<Vec<Value<'a>>>, Stop<'a>> {
    let name = if attribute::has(machine, it, "__next__") { "__next__" } else { "__anext__" };
    let mut out = Vec::new();
    while out.len() <= MAX_ITEMS {
        match attribute::call(machine, it, name, Args::none()) {
            Ok(next) => out.push(next),
            Err(stop) => return ended(stop, &["StopIteration", "StopAsyncIteration"], out),
        }
    }
    Err(Stop::TooMuch(machine.at, "an iterator gives too many items"))
}

/// Items by their index, until there is none.
fn all_at<'a>(
    machine: &mut Machine<'a>,
    it: &Value<'a>,
) -> Result<Option<Vec<Value<'a>>>, Stop<'a>> {
    let mut out = Vec::new();
    while out.len() <= MAX_ITEMS {
        let index = Value::Int(i128::try_from(out.len()).unwrap_or(i128::MAX));
        match attribute::call(machine, it, "__getitem__", Args::of(vec![index])) {
            Ok(next) => out.push(next),
            Err(stop) => return ended(stop, &["IndexError"], out),
        }
    }
    Err(Stop::TooMuch(machine.at, "an iterator gives too many items"))
}

fn ended<'a>(
    stop: Stop<'a>,
    by: &[&str],
    out: Vec<Value<'a>>,
) -> Result<Option<Vec<Value<'a>>>, Stop<'a>> {
    match &stop {
        Stop::Raise(it) if by.contains(&it.value.type_name().as_str()) => Ok(Some(out)),
        _ => Err(stop),
    }
}
