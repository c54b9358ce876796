//! Attributes of objects: reading, setting and deleting them, through properties and descriptors.

use std::rc::Rc;

use super::{Class, Instance, Kind, data};
use crate::evaluate::attribute::{self, bound};
use crate::evaluate::call::{self, Args};
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::{Descriptor, Value};

/// What `instance.name` gives.
pub(in super::super) fn attribute<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Instance<'a>>,
    name: &str,
) -> Eval<'a> {
    let receiver = Value::Instance(Rc::clone(it));
    let of_class = it.class.find(machine, name);
    let own = it.fields.borrow().get(name).cloned();
    match (&of_class, own) {
        (Some(Value::Descriptor(Descriptor::Property, inner)), _) => {
            return call::value(machine, &getter(inner, 0), Args::of(vec![receiver]));
        }
        (Some(found), _) if is_data_descriptor(machine, found) => {
            return described(machine, found, &receiver, &it.class);
        }
        (_, Some(own)) => return Ok(own),
        (Some(found), None) => return of_instance(machine, found, receiver, it, name),
        (None, None) => {}
    }
    if let Some(found) = data::method(machine, it, name) {
        return Ok(found);
    }
    match it.class.find(machine, "__getattr__") {
        Some(getter) => call::value(machine, &getter, Args::of(vec![receiver, Value::text(name)])),
        None if it.class.open => Ok(machine.unknown(format!("`{name}` of a {}", it.class.name))),
        None if it.class.is_enum() => machine.raise("AttributeError", name),
        None => attribute::no_attribute(machine, &receiver, name),
    }
}

/// What the class binds to `name`, as the object has it.
fn of_instance<'a>(
    machine: &mut Machine<'a>,
    found: &Value<'a>,
    receiver: Value<'a>,
    it: &Rc<Instance<'a>>,
    name: &str,
) -> Eval<'a> {
    Ok(match found {
        Value::Function(_) => bound(receiver, found),
        Value::Object(partial) if &*partial.class == "functools.partialmethod" => {
            bound(receiver, found)
        }
        Value::Descriptor(Descriptor::Class, function) => {
            bound(Value::Class(Rc::clone(&it.class)), function)
        }
        Value::Descriptor(Descriptor::Static, function) => (**function).clone(),
        Value::Descriptor(Descriptor::Cached, function) => {
            let value = call::value(machine, function, Args::of(vec![receiver]))?;
            it.fields.borrow_mut().insert(name.into(), value.clone());
            value
        }
        Value::Instance(_) if attribute::has(machine, found, "__get__") => {
            return described(machine, found, &receiver, &it.class);
        }
        other => other.clone(),
    })
}

fn is_data_descriptor<'a>(machine: &mut Machine<'a>, it: &Value<'a>) -> bool {
    matches!(it, Value::Instance(it)
        if it.class.find(machine, "__get__").is_some() && it.class.find(machine, "__set__").is_some())
}

/// `descriptor.__get__(object, class)`
fn described<'a>(
    machine: &mut Machine<'a>,
    descriptor: &Value<'a>,
    receiver: &Value<'a>,
    class: &Rc<Class<'a>>,
) -> Eval<'a> {
    let args = Args::of(vec![receiver.clone(), Value::Class(Rc::clone(class))]);
    attribute::call(machine, descriptor, "__get__", args)
}

/// The getter, setter (1) or deleter (2) of a property.
pub(in super::super) fn getter<'a>(inner: &Value<'a>, at: usize) -> Value<'a> {
    match inner {
        Value::Tuple(parts) => parts.get(at).cloned().unwrap_or(Value::None),
        other if at == 0 => other.clone(),
        _ => Value::None,
    }
}

/// `instance.name = value`
pub(in super::super) fn set<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Instance<'a>>,
    name: &str,
    value: Value<'a>,
) -> Result<(), Stop<'a>> {
    let receiver = Value::Instance(Rc::clone(it));
    if let Some(own) = it.class.find(machine, "__setattr__") {
        let args = Args::of(vec![receiver, Value::text(name), value]);
        return call::value(machine, &own, args).map(|_| ());
    }
    match it.class.find(machine, name) {
        Some(Value::Descriptor(Descriptor::Property, inner)) => {
            let setter = getter(&inner, 1);
            if setter.is_none() {
                let class = &it.class.name;
                let message = format!("property '{name}' of '{class}' object has no setter");
                return machine.raise("AttributeError", message);
            }
            call::value(machine, &setter, Args::of(vec![receiver, value])).map(|_| ())
        }
        Some(found) if is_data_descriptor(machine, &found) => {
            let args = Args::of(vec![receiver, value]);
            attribute::call(machine, &found, "__set__", args).map(|_| ())
        }
        _ if it.class.kind.get() == Kind::Dataclass && it.class.has_option("frozen") => {
            machine.raise("FrozenInstanceError", format!("cannot assign to field '{name}'"))
        }
        _ => {
            let name: Rc<str> = name.into();
            let mut fields = it.fields.borrow_mut();
            fields.state(&name);
            fields.insert(name, value);
            Ok(())
        }
    }
}

/// `del instance.name`
pub(in super::super) fn delete<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Instance<'a>>,
    name: &str,
) -> Result<(), Stop<'a>> {
    let receiver = Value::Instance(Rc::clone(it));
    if let Some(Value::Descriptor(Descriptor::Property, inner)) = it.class.find(machine, name) {
        let deleter = getter(&inner, 2);
        if !deleter.is_none() {
            return call::value(machine, &deleter, Args::of(vec![receiver])).map(|_| ());
        }
    }
    if it.fields.borrow_mut().remove(name).is_none() && !it.class.open {
        return attribute::no_attribute(machine, &receiver, name).map(|_| ());
    }
    Ok(())
}
