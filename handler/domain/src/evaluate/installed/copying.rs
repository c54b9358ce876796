//! `copy`: copies of lists, dictionaries and objects of the bundle.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::Made;
use crate::evaluate::call::Args;
use crate::evaluate::class::Instance;
use crate::evaluate::dict::Dict;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::Value;

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    let Some(it) = args.positional.first() else { return Ok(None) };
    Ok(Some(match dotted {
        "copy.copy" => shallow(it),
        "copy.deepcopy" => deep(machine, it, &mut BTreeMap::new())?,
        _ => return Ok(None),
    }))
}

fn shallow<'a>(it: &Value<'a>) -> Value<'a> {
    match it {
        Value::List(it) => Value::list(it.borrow().clone()),
        Value::Dict(it) => Value::dict(it.borrow().clone()),
        Value::Set(it) => Value::Set(Rc::new(RefCell::new(it.borrow().clone()))),
        Value::Instance(it) if !it.class.is_enum() => Value::Instance(Rc::new(Instance {
            class: Rc::clone(&it.class),
            fields: RefCell::new(it.fields.borrow().clone()),
            value: it.value.clone(),
        })),
        other => other.clone(),
    }
}

/// What was copied already, by its place: what is held twice is copied once, and what holds itself too.
type Known<'a> = BTreeMap<usize, Value<'a>>;

fn deep<'a>(machine: &mut Machine<'a>, it: &Value<'a>, known: &mut Known<'a>) -> Eval<'a> {
    machine.nested(|machine| one(machine, it, known))
}

fn one<'a>(machine: &mut Machine<'a>, it: &Value<'a>, known: &mut Known<'a>) -> Eval<'a> {
    let place = match it {
        Value::List(it) => Rc::as_ptr(it).addr(),
        Value::Dict(it) => Rc::as_ptr(it).addr(),
        Value::Instance(it) => Rc::as_ptr(it).addr(),
        _ => 0,
    };
    if let Some(made) = known.get(&place) {
        return Ok(made.clone());
    }
    match it {
        Value::List(list) => {
            let made = Rc::new(RefCell::new(Vec::new()));
            known.insert(place, Value::List(Rc::clone(&made)));
            for it in &list.borrow().clone() {
                let it = deep(machine, it, known)?;
                made.borrow_mut().push(it);
            }
            Ok(Value::List(made))
        }
        Value::Tuple(all) => {
            let mut out = Vec::new();
            for it in all.iter() {
                out.push(deep(machine, it, known)?);
            }
            Ok(Value::tuple(out))
        }
        Value::Dict(dict) => {
            let kind = dict.borrow().kind.clone();
            let made = Rc::new(RefCell::new(Dict::default().of_kind(kind)));
            known.insert(place, Value::Dict(Rc::clone(&made)));
            for (key, it) in dict.borrow().clone().iter() {
                let it = deep(machine, it, known)?;
                made.borrow_mut().insert(key.clone(), it);
            }
            Ok(Value::Dict(made))
        }
        Value::Instance(instance) if !instance.class.is_enum() => {
            let value = match &instance.value {
                Some(it) => Some(deep(machine, it, known)?),
                None => None,
            };
            let made = Rc::new(Instance {
                class: Rc::clone(&instance.class),
                fields: RefCell::default(),
                value,
            });
            known.insert(place, Value::Instance(Rc::clone(&made)));
            for (name, it) in instance.fields.borrow().clone().iter() {
                let it = deep(machine, it, known)?;
                made.fields.borrow_mut().insert(Rc::clone(name), it);
            }
            Ok(Value::Instance(made))
        }
        other => Ok(shallow(other)),
    }
}
