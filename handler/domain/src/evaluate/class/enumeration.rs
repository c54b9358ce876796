//! Enumerations: members by name and by value.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Class, Instance, Kind};
use crate::evaluate::call::Args;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::Value;
use crate::evaluate::{compare, format};

/// Makes members of what the body of an enumeration binds.
pub(super) fn collect<'a>(
    machine: &mut Machine<'a>,
    class: &Rc<Class<'a>>,
) -> Result<(), Stop<'a>> {
    let Kind::Enum { .. } = class.kind.get() else { return Ok(()) };
    let Some(scope) = machine.scopes.get(class.scope) else { return Ok(()) };
    let named: Vec<(Rc<str>, Value<'a>)> = scope
        .names
        .iter()
        .filter(|it| !it.starts_with('_'))
        .filter_map(|it| Some((Rc::clone(it), scope.values.get(it)?.clone())))
        .filter(|(_, it)| {
            !matches!(it, Value::Function(_) | Value::Descriptor(..) | Value::Class(_))
        })
        .collect();
    let mut last = 0;
    for (name, value) in named {
        let value = match value {
            Value::Object(it) if &*it.class == "enum.auto" => automatic(class, &name, last),
            other => other,
        };
        last = value.as_int().unwrap_or(last);
        let twin = of_value(machine, class, &value)?;
        let member = twin.unwrap_or_else(|| made(class, &name, value));
        machine.scopes.bind(class.scope, &name, Value::Instance(Rc::clone(&member)));
        if member.text_field("name").as_deref() == Some(&*name) {
            class.members.borrow_mut().push(member);
        }
    }
    Ok(())
}

fn automatic<'a>(class: &Class<'a>, name: &str, last: i128) -> Value<'a> {
    let texts = class.installed_bases().iter().any(|it| &**it == "enum.StrEnum");
    if texts { Value::text(name.to_lowercase()) } else { Value::Int(last + 1) }
}

fn made<'a>(class: &Rc<Class<'a>>, name: &Rc<str>, value: Value<'a>) -> Rc<Instance<'a>> {
    let fields = [("name", Value::Text(Rc::clone(name))), ("value", value.clone())];
    let both = ["_name_", "_value_"].into_iter().zip(fields.clone().map(|(_, it)| it));
    let fields = fields.into_iter().chain(both).map(|(name, it)| (name.into(), it));
    Rc::new(Instance {
        class: Rc::clone(class),
        fields: RefCell::new(fields.collect()),
        value: Some(value),
    })
}

fn of_value<'a>(
    machine: &mut Machine<'a>,
    class: &Class<'a>,
    value: &Value<'a>,
) -> Result<Option<Rc<Instance<'a>>>, Stop<'a>> {
    let members = class.members.borrow().clone();
    for it in members {
        if let Some(own) = &it.value
            && compare::equal(machine, own, value)? == Some(true)
        {
            return Ok(Some(it));
        }
    }
    Ok(None)
}

/// `Color("red")`
pub(super) fn by_value<'a>(
    machine: &mut Machine<'a>,
    class: &Rc<Class<'a>>,
    args: &Args<'a>,
) -> Eval<'a> {
    let Some(value) = args.get("value", 0) else {
        return machine.raise("TypeError", format!("{}() takes a value", class.name));
    };
    if value.as_unknown().is_some() {
        return Ok(value.clone());
    }
    if let Value::Instance(it) = value
        && Rc::ptr_eq(&it.class, class)
    {
        return Ok(value.clone());
    }
    match of_value(machine, class, value)? {
        Some(it) => Ok(Value::Instance(it)),
        None => {
            let message = format!("{} is not a valid {}", format::repr(value), class.name);
            machine.raise("ValueError", message)
        }
    }
}
