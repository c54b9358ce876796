//! Enumerations: members by name and by value.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Class, Instance, Kind, construction};
use crate::evaluate::call::{self, Args};
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::Value;
use crate::evaluate::{compare, format, items};

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
    for (name, value) in named {
        member(machine, class, &name, value)?;
    }
    Ok(())
}

/// Adds a member, or another name of one with the same value.
fn member<'a>(
    machine: &mut Machine<'a>,
    class: &Rc<Class<'a>>,
    name: &Rc<str>,
    value: Value<'a>,
) -> Result<(), Stop<'a>> {
    let value = match value {
        Value::Object(it) if &*it.class == "enum.auto" => automatic(class, name),
        other => other,
    };
    let made = set_up(machine, class, name, value)?;
    let twin = made.value.as_ref().map(|it| of_value(machine, class, it)).transpose()?.flatten();
    let is_new = twin.is_none();
    let found = twin.unwrap_or_else(|| Rc::clone(&made));
    machine.scopes.bind(class.scope, name, Value::Instance(found));
    if is_new {
        class.members.borrow_mut().push(made);
    }
    Ok(())
}

/// A member of what its class makes of `value`: its own methods may say that it has another one.
fn set_up<'a>(
    machine: &mut Machine<'a>,
    class: &Rc<Class<'a>>,
    name: &Rc<str>,
    value: Value<'a>,
) -> Result<Rc<Instance<'a>>, Stop<'a>> {
    let given = if let Value::Tuple(it) = &value { it.to_vec() } else { vec![value.clone()] };
    let mut made = made(class, name, value);
    if let Some(new) = class.find(machine, "__new__") {
        let args = Args::of(given.clone()).after(Value::Class(Rc::clone(class)));
        made = match call::value(machine, &new, args)? {
            Value::Instance(it) => valued(&made, &it, it.value.clone()),
            Value::Unknown(it) => valued(&made, &made, Some(Value::Unknown(it))),
            _ => made,
        };
    }
    if let Some(init) = class.find(machine, "__init__") {
        call::value(machine, &init, Args::of(given).after(Value::Instance(Rc::clone(&made))))?;
        made = valued(&made, &made, None);
    }
    Ok(made)
}

/// The member `of` with the attributes of `it`, among them the value that was set; if none was, that is `other`, or the one it
/// had.
fn valued<'a>(of: &Instance<'a>, it: &Instance<'a>, other: Option<Value<'a>>) -> Rc<Instance<'a>> {
    let set = it.fields.borrow().get("_value_").cloned();
    let value = set.or(other).or_else(|| of.value.clone());
    let mut fields = of.fields.borrow().clone();
    fields.extend(it.fields.borrow().iter().map(|(key, it)| (Rc::clone(key), it.clone())));
    for key in ["value", "_value_"] {
        fields.extend(value.iter().map(|it| (key.into(), it.clone())));
    }
    Rc::new(Instance { class: Rc::clone(&of.class), fields: RefCell::new(fields), value })
}

/// Source: `enum.auto`: one more than the greatest so far, the next bit of flags, the name in lower case of texts.
fn automatic<'a>(class: &Class<'a>, name: &str) -> Value<'a> {
    if class.is_below("enum.StrEnum") {
        return Value::text(name.to_lowercase());
    }
    let members = class.members.borrow();
    let greatest = members.iter().filter_map(|it| it.value.as_ref()?.as_int()).max().unwrap_or(0);
    if is_flag(class) {
        let bits = 128 - greatest.max(0).leading_zeros();
        return Value::Int(1_i128.checked_shl(bits).unwrap_or(0));
    }
    Value::Int(greatest.saturating_add(1))
}

fn is_flag(class: &Class<'_>) -> bool {
    class.is_below("enum.Flag") || class.is_below("enum.IntFlag")
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

/// `Enum("Color", "RED GREEN")`: a class that a call makes.
pub(in super::super) fn made_by_call<'a>(
    machine: &mut Machine<'a>,
    base: &str,
    args: &Args<'a>,
) -> Eval<'a> {
    let name = args.text("value", 0).unwrap_or_default();
    let given = args.get("names", 1).cloned().unwrap_or(Value::None);
    let plain = matches!(base, "enum.StrEnum" | "enum.IntEnum" | "enum.IntFlag");
    let mut bases = vec![Value::outside(base)];
    bases.extend(args.named("type").cloned());
    let class = construction::made(machine, &name, Kind::Enum { plain }, bases, Vec::new());
    let names = match &given {
        Value::Text(it) => {
            let all = it.split([',', ' ']).filter(|it| !it.is_empty());
            Some(all.map(Value::text).collect())
        }
        Value::Dict(it) => {
            let it = it.borrow();
            Some(it.iter().map(|(key, it)| Value::tuple(vec![key.clone(), it.clone()])).collect())
        }
        other => items::of(machine, other)?,
    };
    let Some(names) = names else { return Ok(given) };
    for it in names {
        let (name, value) = match &it {
            Value::Tuple(pair) => match &**pair {
                [name, value] => (name.clone(), value.clone()),
                _ => continue,
            },
            _ => (it.clone(), automatic(&class, it.as_text().map_or("", |it| it))),
        };
        let Some(name) = name.as_text() else { continue };
        member(machine, &class, name, value)?;
    }
    Ok(Value::Class(class))
}

/// `class name(str, Enum)`, whose members are texts that are as their names.
pub(in super::super) fn of_texts<'a>(
    machine: &mut Machine<'a>,
    name: &str,
    members: &[&str],
) -> Result<Rc<Class<'a>>, Stop<'a>> {
    let bases = ["builtins.str", "enum.Enum"].map(Value::outside).to_vec();
    let class = construction::made(machine, name, Kind::Enum { plain: false }, bases, Vec::new());
    for it in members {
        member(machine, &class, &Rc::from(*it), Value::text(*it))?;
    }
    Ok(class)
}

/// `A | B` of members of flags; `None` when they are none.
pub(in super::super) fn combined<'a>(
    machine: &mut Machine<'a>,
    op: ruff_python_ast::Operator,
    left: &Instance<'a>,
    right: &Instance<'a>,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    use ruff_python_ast::Operator;
    if !is_flag(&left.class) || !Rc::ptr_eq(&left.class, &right.class) {
        return Ok(None);
    }
    let number = |it: &Instance<'a>| it.value.as_ref().and_then(Value::as_int);
    let Some((a, b)) = number(left).zip(number(right)) else { return Ok(None) };
    let value = match op {
        Operator::BitOr => a | b,
        Operator::BitAnd => a & b,
        Operator::BitXor => a ^ b,
        _ => return Ok(None),
    };
    flag(machine, &left.class, value).map(Some)
}

/// The member of the value, or one that stands for several.
fn flag<'a>(machine: &mut Machine<'a>, class: &Rc<Class<'a>>, value: i128) -> Eval<'a> {
    if let Some(it) = of_value(machine, class, &Value::Int(value))? {
        return Ok(Value::Instance(it));
    }
    let members = class.members.borrow();
    let within = members.iter().filter(|it| {
        it.value.as_ref().and_then(Value::as_int).is_some_and(|it| it != 0 && it & value == it)
    });
    let names: Vec<Rc<str>> = within.filter_map(|it| it.text_field("name")).collect();
    let name: Rc<str> = names.join("|").into();
    Ok(Value::Instance(made(class, &name, Value::Int(value))))
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
    args: Args<'a>,
) -> Eval<'a> {
    let value = match args.positional.len() {
        0 | 1 => args.get("value", 0).cloned(),
        _ => Some(Value::tuple(args.positional.clone())),
    };
    let Some(value) = value else {
        return machine.raise("TypeError", format!("{}() takes a value", class.name));
    };
    if value.as_unknown().is_some() {
        return Ok(value);
    }
    if let Value::Instance(it) = &value
        && Rc::ptr_eq(&it.class, class)
    {
        return Ok(value.clone());
    }
    if let Some(it) = of_value(machine, class, &value)? {
        return Ok(Value::Instance(it));
    }
    if let (true, Value::Int(bits)) = (is_flag(class), &value) {
        return flag(machine, class, *bits);
    }
    if let Some(Value::Descriptor(_, missing)) = class.find(machine, "_missing_") {
        let given = vec![Value::Class(Rc::clone(class)), value.clone()];
        let found = call::value(machine, &missing, Args::of(given))?;
        if !found.is_none() {
            return Ok(found);
        }
    }
    let message = format!("{} is not a valid {}", format::repr(&value), class.qualified);
    machine.raise("ValueError", message)
}
