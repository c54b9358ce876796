//! What the fields of a new object get: the arguments, else the defaults.

use std::rc::Rc;

use super::data::{self, Field};
use super::{Class, Instance, Kind, coercion, settings, validation};
use crate::evaluate::call::{self, Args};
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::Value;
use crate::evaluate::{attribute, binding};

/// Gives the fields of a dataclass or model their values.
pub(super) fn fill<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Instance<'a>>,
    args: Args<'a>,
) -> Result<(), Stop<'a>> {
    if it.class.kind.get() == Kind::Dataclass {
        return dataclass(machine, it, args);
    }
    let args = validation::before(machine, &it.class, args)?;
    refused(machine, &it.class, &args)?;
    for field in data::fields(machine, &it.class) {
        if field.name.starts_with('_') || &*field.name == "model_config" {
            continue;
        }
        let key = alias(&field).unwrap_or_else(|| Rc::clone(&field.name));
        let given = args.named(&key).or_else(|| args.named(&field.name)).cloned();
        if given.is_some() {
            it.fields.borrow_mut().state(&field.name);
        }
        let value = match given.or_else(|| args.open.clone()) {
            Some(given) => coercion::field(machine, &it.class, &field, given)?,
            None => default(machine, &field)?,
        };
        it.fields.borrow_mut().insert(Rc::clone(&field.name), value);
    }
    checked(machine, it)
}

/// Runs what a model has for when its fields have their values.
pub(super) fn checked<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Instance<'a>>,
) -> Result<(), Stop<'a>> {
    validation::after(machine, it)?;
    if it.class.find(machine, "model_post_init").is_some() {
        let args = Args::of(vec![Value::None]);
        attribute::call(machine, &Value::Instance(Rc::clone(it)), "model_post_init", args)?;
    }
    Ok(())
}

/// Arguments that a model takes none of.
fn refused<'a>(
    machine: &mut Machine<'a>,
    class: &Rc<Class<'a>>,
    args: &Args<'a>,
) -> Result<(), Stop<'a>> {
    let root = class.find(machine, "__root__").is_some()
        || class.installed_bases().iter().any(|it| it.ends_with(".RootModel"));
    if !args.positional.is_empty() && !root {
        let count = args.positional.len() + 1;
        let message =
            format!("BaseModel.__init__() takes 1 positional argument but {count} were given");
        return machine.raise("TypeError", message);
    }
    let extra = settings::configured(machine, class, "extra");
    if extra.as_ref().and_then(Value::as_text).is_none_or(|it| &**it != "forbid") {
        return Ok(());
    }
    let fields = data::fields(machine, class);
    let is_field = |name: &Rc<str>| {
        fields.iter().any(|it| it.name == *name || alias(it).is_some_and(|it| it == *name))
    };
    match args.named.iter().find(|(name, _)| !is_field(name)) {
        Some((name, _)) => {
            let why = "Extra inputs are not permitted";
            let message = format!("1 validation error for {}\n{name}\n  {why}", class.name);
            machine.raise("ValidationError", message)
        }
        None => Ok(()),
    }
}

/// Source: the `__init__` that `dataclasses` writes.
fn dataclass<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Instance<'a>>,
    mut args: Args<'a>,
) -> Result<(), Stop<'a>> {
    let all = data::fields(machine, &it.class);
    let mut by_name: Vec<Option<Value<'a>>> = vec![None; all.len()];
    let is_named = |it: &Field<'a>| it.by_name || option(it, "kw_only") == Some(true);
    let taken = is_of_init;
    for (slot, field) in by_name.iter_mut().zip(&all).filter(|(_, it)| is_named(it) && taken(it)) {
        let at = args.named.iter().position(|(name, _)| *name == field.name);
        *slot = at.map(|at| args.named.remove(at).1);
    }
    let places: Vec<&Field<'a>> = all.iter().filter(|it| !is_named(it) && taken(it)).collect();
    let names: Vec<&str> = places.iter().map(|it| &*it.name).collect();
    let optional = places.iter().filter(|it| has_default(it)).count();
    let shown = format!("{}.__init__", it.class.name);
    let mut given = binding::method(machine, &shown, &names, optional, args)?.into_iter();
    let mut only_for_init = Vec::new();
    for (slot, field) in by_name.into_iter().zip(&all) {
        let value = if is_named(field) {
            slot
        } else if taken(field) {
            given.next().flatten()
        } else {
            None
        };
        let value = match value {
            Some(it) => it,
            None if !taken(field) && !has_default(field) => continue,
            None => default(machine, field)?,
        };
        if data::is_named(field.annotation, "InitVar") {
            only_for_init.push(value);
        } else {
            it.fields.borrow_mut().insert(Rc::clone(&field.name), value);
        }
    }
    if it.class.find(machine, "__post_init__").is_some() {
        let owner = Value::Instance(Rc::clone(it));
        attribute::call(machine, &owner, "__post_init__", Args::of(only_for_init))?;
    }
    Ok(())
}

/// Whether the constructor takes the field.
pub(in super::super) fn is_of_init(field: &Field<'_>) -> bool {
    option(field, "init") != Some(false)
}

/// A named argument of `field(…)`.
pub(super) fn option(field: &Field<'_>, name: &str) -> Option<bool> {
    let Some(Value::Object(it)) = &field.default else { return None };
    it.fields.borrow().get(name).and_then(Value::truth)
}

fn has_default(field: &Field<'_>) -> bool {
    match &field.default {
        Some(Value::Object(it)) if it.class.ends_with("ield") => {
            let fields = it.fields.borrow();
            fields.contains_key("default")
                || fields.contains_key("default_factory")
                || !it.positional.is_empty()
        }
        other => other.is_some(),
    }
}

/// `Field(alias="…")`
fn alias(field: &Field<'_>) -> Option<Rc<str>> {
    let Some(Value::Object(it)) = &field.default else { return None };
    let fields = it.fields.borrow();
    let alias = fields.get("validation_alias").or_else(|| fields.get("alias"));
    alias.and_then(Value::as_text).cloned()
}

/// The name that a model shows a field by.
pub(in super::super) fn shown_name(field: &Field<'_>) -> Rc<str> {
    let Some(Value::Object(it)) = &field.default else { return Rc::clone(&field.name) };
    let fields = it.fields.borrow();
    let alias = fields.get("serialization_alias").or_else(|| fields.get("alias"));
    alias.and_then(Value::as_text).cloned().unwrap_or_else(|| Rc::clone(&field.name))
}

/// What the field has when it is not given.
pub(in super::super) fn default<'a>(machine: &mut Machine<'a>, field: &Field<'a>) -> Eval<'a> {
    let Some(default) = &field.default else { return missing(machine, field) };
    let Value::Object(it) = default else { return Ok(fresh(&field.class, default)) };
    if !it.class.ends_with("ield") {
        return Ok(default.clone());
    }
    let given = |name: &str| it.fields.borrow().get(name).cloned();
    if let Some(factory) = given("default_factory") {
        return call::value(machine, &factory, Args::none());
    }
    match given("default").or_else(|| it.positional.first().cloned()) {
        Some(Value::Ellipsis) | None => missing(machine, field),
        Some(it) => Ok(fresh(&field.class, &it)),
    }
}

fn missing<'a>(machine: &Machine<'a>, field: &Field<'a>) -> Eval<'a> {
    let (class, name) = (&field.class.name, &field.name);
    if field.class.kind.get() == Kind::Model {
        let message = format!("1 validation error for {class}\n{name}\n  Field required");
        return machine.raise("ValidationError", message);
    }
    let message = format!("{class}.__init__() missing 1 required positional argument: '{name}'");
    machine.raise("TypeError", message)
}

/// Pydantic copies a list or mapping that is a default.
fn fresh<'a>(class: &Class<'a>, it: &Value<'a>) -> Value<'a> {
    match it {
        _ if class.kind.get() != Kind::Model => it.clone(),
        Value::List(it) => Value::list(it.borrow().clone()),
        Value::Dict(it) => Value::dict(it.borrow().clone()),
        other => other.clone(),
    }
}
