//! How objects with fields are shown, ordered and compared.

use std::rc::Rc;

use super::data::{self, Field};
use super::{Instance, Kind, filling};
use crate::evaluate::format::{self, Text};
use crate::evaluate::machine::Machine;
use crate::evaluate::value::Value;

/// `Job(name='a', tags=[])`, as `repr` shows an object with fields; models show them the same way.
pub(in super::super) fn shown<'a>(machine: &mut Machine<'a>, it: &Rc<Instance<'a>>) -> Text<'a> {
    let Ok(parts) = parts(machine, it)? else { return Ok(Err(machine.unknown("a text"))) };
    let name =
        if it.class.kind.get() == Kind::Dataclass { &it.class.qualified } else { &it.class.name };
    let name = name.rsplit("<locals>.").next().unwrap_or(name);
    Ok(Ok(format!("{name}({})", parts.join(", "))))
}

/// `name='a'` of each field that is shown.
pub(in super::super) fn parts<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Instance<'a>>,
) -> Result<Result<Vec<String>, Value<'a>>, crate::evaluate::machine::Stop<'a>> {
    let hidden: Vec<Rc<str>> = data::fields(machine, &it.class)
        .into_iter()
        .filter(|it| filling::option(it, "repr") == Some(false))
        .map(|it| it.name)
        .collect();
    let declared = names(data::fields(machine, &it.class));
    let all: Vec<(Rc<str>, Value<'a>)> = declared
        .into_iter()
        .filter(|name| !hidden.contains(name))
        .filter_map(|name| {
            let value = it.fields.borrow().get(&name).cloned()?;
            Some((name, value))
        })
        .collect();
    let mut out = Vec::new();
    for (name, value) in all {
        match machine.nested(|machine| format::shown_repr(machine, &value))? {
            Ok(text) => out.push(format!("{name}={text}")),
            Err(unknown) => return Ok(Err(unknown)),
        }
    }
    Ok(Ok(out))
}

fn names(all: Vec<Field<'_>>) -> Vec<Rc<str>> {
    all.into_iter().map(|it| it.name).collect()
}

/// The values of the fields, in order, as comparisons of dataclasses see them.
pub(in super::super) fn row<'a>(machine: &Machine<'a>, it: &Instance<'a>) -> Value<'a> {
    let all = names(data::fields(machine, &it.class));
    let fields = it.fields.borrow();
    Value::tuple(all.iter().filter_map(|name| fields.get(name).cloned()).collect())
}
