//! `copy`: copies of lists, dictionaries and objects of the bundle.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::Made;
use crate::evaluate::call::Args;
use crate::evaluate::class::Instance;
use crate::evaluate::dict::Dict;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::{Object, Value};

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
        Value::Object(it) => Value::Object(Rc::new(it.copied())),
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
        Value::Object(it) => Rc::as_ptr(it).addr(),
        _ => 0,
    };
    if let Some(made) = known.get(&place) {
        return Ok(made.clone());
    }
    match it {
        Value::List(it) => {
            let made = Rc::new(RefCell::new(Vec::new()));
            known.insert(place, Value::List(Rc::clone(&made)));
            for it in &it.borrow().clone() {
                let it = deep(machine, it, known)?;
                made.borrow_mut().push(it);
            }
            Ok(Value::List(made))
        }
        Value::Tuple(all) => {
            let all = all.iter().map(|it| deep(machine, it, known));
            Ok(Value::tuple(all.collect::<Result<_, _>>()?))
        }
        Value::Dict(it) => {
            let kind = it.borrow().kind.clone();
            let made = Rc::new(RefCell::new(Dict::default().of_kind(kind)));
            known.insert(place, Value::Dict(Rc::clone(&made)));
            for (key, it) in it.borrow().clone().iter() {
                let it = deep(machine, it, known)?;
                made.borrow_mut().insert(key.clone(), it);
            }
            Ok(Value::Dict(made))
        }
        Value::Instance(it) if !it.class.is_enum() => instance(machine, it, place, known),
        Value::Object(it) => object(machine, it, place, known),
        other => Ok(shallow(other)),
    }
}

/// A block, a deployment or another object of an installed class.
fn object<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    place: usize,
    known: &mut Known<'a>,
) -> Eval<'a> {
    let positional = it.positional.iter().map(|it| deep(machine, it, known));
    let positional = positional.collect::<Result<_, _>>()?;
    let class = Rc::clone(&it.class);
    let made = Rc::new(Object { class, positional, fields: RefCell::default(), at: it.at });
    known.insert(place, Value::Object(Rc::clone(&made)));
    for (name, field) in it.fields.borrow().clone() {
        let field = deep(machine, &field, known)?;
        made.fields.borrow_mut().insert(name, field);
    }
    Ok(Value::Object(made))
}

fn instance<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Instance<'a>>,
    place: usize,
    known: &mut Known<'a>,
) -> Eval<'a> {
    let value = it.value.as_ref().map(|it| deep(machine, it, known)).transpose()?;
    let made = Instance { class: Rc::clone(&it.class), fields: RefCell::default(), value };
    let made = Rc::new(made);
    known.insert(place, Value::Instance(Rc::clone(&made)));
    for (name, field) in it.fields.borrow().clone().iter() {
        let field = deep(machine, field, known)?;
        let mut fields = made.fields.borrow_mut();
        if it.fields.borrow().is_stated(name) {
            fields.state(name);
        }
        fields.insert(Rc::clone(name), field);
    }
    Ok(Value::Instance(made))
}
