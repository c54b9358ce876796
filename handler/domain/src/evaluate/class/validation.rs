//! Validators of models: functions that check and change the values of fields.

use std::rc::Rc;

use super::coercion::named;
use super::data::Field;
use super::{Class, Instance, Kind};
use crate::evaluate::call::{self, Args};
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::{Object, Value};

/// The methods of the class and those above it that `@field_validator` and the like made, theirs first.
fn validators<'a>(machine: &Machine<'a>, class: &Rc<Class<'a>>, kind: &str) -> Vec<Rc<Object<'a>>> {
    let line: Vec<Rc<Class<'a>>> = class.parents().map(Rc::clone).collect();
    let mut out = Vec::new();
    for it in line.into_iter().rev().chain([Rc::clone(class)]) {
        let Some(scope) = machine.scopes.get(it.scope) else { continue };
        let bound = scope.names.iter().filter_map(|name| scope.values.get(name));
        out.extend(bound.filter_map(|it| match it {
            Value::Object(it) if &*it.class == kind => Some(Rc::clone(it)),
            _ => None,
        }));
    }
    out
}

fn is_before(it: &Object<'_>) -> bool {
    let fields = it.fields.borrow();
    fields
        .get("mode")
        .and_then(Value::as_text)
        .is_some_and(|it| &**it != "after" && &**it != "plain")
        || fields.get("pre").and_then(Value::truth) == Some(true)
}

/// What the validators of a field make of its value.
pub(super) fn validated<'a>(
    machine: &mut Machine<'a>,
    class: &Rc<Class<'a>>,
    field: &Field<'a>,
    value: Value<'a>,
    before: bool,
) -> Eval<'a> {
    let mut value = value;
    for it in validators(machine, class, "pydantic.validator") {
        let names =
            |it: &Value<'a>| it.as_text().is_some_and(|it| **it == *field.name || &**it == "*");
        if is_before(&it) != before || !it.positional.iter().any(names) {
            continue;
        }
        let Some(function) = it.fields.borrow().get("function").cloned() else { continue };
        let takes = if let Value::Function(it) = &function { it.places() } else { 2 };
        let mut args = vec![Value::Class(Rc::clone(class)), value];
        if takes > 2 {
            args.push(machine.unknown("what a validator is told"));
        }
        value = checked(machine, class, |machine| call::value(machine, &function, Args::of(args)))?;
    }
    Ok(value)
}

/// An exception of a validator is a `ValidationError`.
pub(super) fn checked<'a>(
    machine: &mut Machine<'a>,
    class: &Class<'a>,
    run: impl FnOnce(&mut Machine<'a>) -> Eval<'a>,
) -> Eval<'a> {
    match run(machine) {
        Err(Stop::Raise(it)) if class.kind.get() == Kind::Model => {
            let why = crate::evaluate::exception::shown(&it.value);
            machine.at = it.at;
            machine
                .raise("ValidationError", format!("1 validation error for {}\n  {why}", class.name))
        }
        other => other,
    }
}

/// What `@model_validator(mode="before")` makes of the arguments.
pub(super) fn before<'a>(
    machine: &mut Machine<'a>,
    class: &Rc<Class<'a>>,
    args: Args<'a>,
) -> Result<Args<'a>, Stop<'a>> {
    let mut args = args;
    for it in validators(machine, class, "pydantic.model_validator") {
        let Some(function) = it.fields.borrow().get("function").cloned().filter(|_| is_before(&it))
        else {
            continue;
        };
        let all = args.named.iter().map(|(name, it)| (Value::Text(Rc::clone(name)), it.clone()));
        let given = vec![Value::Class(Rc::clone(class)), Value::dict(all.collect())];
        let made =
            checked(machine, class, |machine| call::value(machine, &function, Args::of(given)))?;
        match made {
            Value::Dict(it) => args = named(&it.borrow()),
            other => args.open = Some(other),
        }
    }
    Ok(args)
}

/// Runs `@model_validator(mode="after")`.
pub(super) fn after<'a>(machine: &mut Machine<'a>, it: &Rc<Instance<'a>>) -> Result<(), Stop<'a>> {
    for validator in validators(machine, &it.class, "pydantic.model_validator") {
        let Some(function) =
            validator.fields.borrow().get("function").cloned().filter(|_| !is_before(&validator))
        else {
            continue;
        };
        let args = Args::of(vec![Value::Instance(Rc::clone(it))]);
        checked(machine, &it.class, |machine| call::value(machine, &function, args))?;
    }
    Ok(())
}
