//! `super()`: what the classes above one give to a method of it.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Class, data, getter};
use crate::evaluate::attribute::{bound, native};
use crate::evaluate::call::{self, Args};
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::unknown::Spot;
use crate::evaluate::value::{Descriptor, Object, Value};

/// What `super()` gives in a method of `class` with `first` as its first argument.
pub(in super::super) fn parent<'a>(class: &Rc<Class<'a>>, first: &Value<'a>) -> Value<'a> {
    let fields = [("class", Value::Class(Rc::clone(class))), ("first", first.clone())];
    Value::Object(Rc::new(Object {
        class: "builtins.super".into(),
        positional: Vec::new(),
        fields: RefCell::new(fields.into_iter().map(|(name, it)| (name.into(), it)).collect()),
        at: Spot { file: class.file, offset: 0.into() },
    }))
}

/// What `super().name` gives.
pub(in super::super) fn of_parent<'a>(
    machine: &mut Machine<'a>,
    it: &Object<'a>,
    name: &str,
) -> Eval<'a> {
    let field = |name: &str| it.fields.borrow().get(name).cloned().unwrap_or(Value::None);
    let (Value::Class(class), first) = (field("class"), field("first")) else {
        return Ok(machine.unknown(format!("`super().{name}`")));
    };
    let next = after(&class, &first).iter().find_map(|it| it.own(machine, name));
    match next {
        Some(Value::Descriptor(Descriptor::Class, function)) => {
            Ok(bound(class_of(&first), &function))
        }
        Some(Value::Descriptor(Descriptor::Static, function)) => Ok((*function).clone()),
        Some(Value::Descriptor(Descriptor::Property | Descriptor::Cached, inner)) => {
            call::value(machine, &getter(&inner, 0), Args::of(vec![first]))
        }
        // it gets the class as its argument already
        Some(function) if name == "__new__" => Ok(function),
        Some(function @ Value::Function(_)) => Ok(bound(first, &function)),
        Some(other) => Ok(other),
        None => Ok(of_installed(machine, &first, name)),
    }
}

/// The classes that come after `class` in the order of the object's own class.
fn after<'a>(class: &Rc<Class<'a>>, first: &Value<'a>) -> Vec<Rc<Class<'a>>> {
    let own = match first {
        Value::Instance(it) => Rc::clone(&it.class),
        Value::Class(it) => Rc::clone(it),
        _ => Rc::clone(class),
    };
    let line: Vec<Rc<Class<'a>>> =
        std::iter::once(Rc::clone(&own)).chain(own.parents().map(Rc::clone)).collect();
    match line.iter().position(|it| Rc::ptr_eq(it, class)) {
        Some(at) => line.into_iter().skip(at + 1).collect(),
        None => class.parents().map(Rc::clone).collect(),
    }
}

fn class_of<'a>(first: &Value<'a>) -> Value<'a> {
    if let Value::Instance(it) = first { Value::Class(Rc::clone(&it.class)) } else { first.clone() }
}

fn of_installed<'a>(machine: &mut Machine<'a>, first: &Value<'a>, name: &str) -> Value<'a> {
    match (first, name) {
        (Value::Class(_) | Value::Instance(_), "__new__" | "__init_subclass__") => {
            native(&class_of(first), name)
        }
        (Value::Instance(_), "__init__" | "__setattr__" | "__post_init__") => native(first, name),
        (Value::Instance(it), _) => data::method(machine, it, name)
            .unwrap_or_else(|| machine.unknown(format!("`super().{name}`"))),
        _ => machine.unknown(format!("`super().{name}`")),
    }
}
