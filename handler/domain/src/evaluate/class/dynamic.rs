//! `type(name, bases, names)`: classes that a call makes.

use super::{Kind, construction, definition};
use crate::evaluate::call::Args;
use crate::evaluate::items;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::Value;

/// The class, when nothing of it is left to a metaclass or to what is installed.
pub(in super::super) fn made_by_type<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let name = args.text("name", 0).unwrap_or_default();
    let (Some(bases), Some(Value::Dict(names))) = (args.get("bases", 1), args.get("dict", 2))
    else {
        return Ok(machine.unknown(format!("the class `{name}`")));
    };
    let bases = items::of(machine, &bases.clone())?.unwrap_or_default();
    if bases.iter().any(definition::is_open) || definition::kind(&bases) != Kind::Plain {
        return Ok(machine.unknown(format!("the class `{name}`")));
    }
    let class = construction::made(machine, &name, Kind::Plain, bases, Vec::new());
    for (name, value) in names.borrow().iter() {
        if let Some(name) = name.as_text() {
            machine.scopes.bind(class.scope, name, value.clone());
        }
    }
    definition::adopt(machine, &class);
    definition::announce(machine, &class, args.named.clone())?;
    Ok(Value::Class(class))
}
