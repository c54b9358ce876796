//! Objects of named tuples.

use std::rc::Rc;

use super::data::fields;
use super::{Class, Kind, construction, filling};
use crate::evaluate::binding;
use crate::evaluate::call::Args;
use crate::evaluate::fields::Fields;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::Value;

/// An object of a `NamedTuple`.
pub(super) fn made<'a>(
    machine: &mut Machine<'a>,
    class: &Rc<Class<'a>>,
    args: Args<'a>,
) -> Eval<'a> {
    let declared = fields(machine, class);
    let names: Vec<&str> = declared.iter().map(|it| &*it.name).collect();
    let optional = declared.iter().filter(|it| it.default.is_some()).count();
    let shown = format!("{}.__new__", class.name);
    let mut given = binding::by_names(machine, &shown, &names, optional, args)?.into_iter();
    let (mut items, mut by_name) = (Vec::new(), Fields::default());
    for field in &declared {
        let value = match given.next().flatten() {
            Some(it) => it,
            None => filling::default(machine, field)?,
        };
        by_name.insert(Rc::clone(&field.name), value.clone());
        items.push(value);
    }
    Ok(construction::with(class, by_name, Some(Value::tuple(items))))
}

/// One of what is installed, with these parts in their order: `sys.version_info`.
pub(in super::super) fn installed<'a, const N: usize>(
    machine: &mut Machine<'a>,
    name: &str,
    parts: [(&str, Value<'a>); N],
) -> Eval<'a> {
    let fields = parts.iter().map(|(name, _)| ((*name).into(), None)).collect();
    let class = construction::made(machine, name, Kind::NamedTuple, Vec::new(), fields);
    made(machine, &class, Args::of(parts.map(|(_, it)| it).to_vec()))
}
