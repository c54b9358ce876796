//! `singledispatch`: functions that look at the class of their first argument.

use std::cell::RefCell;
use std::rc::Rc;

use super::object;
use crate::evaluate::call::Args;
use crate::evaluate::expression;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::{Object, Value};

/// A function that looks at the class of its first argument.
pub(super) fn dispatching<'a>(machine: &Machine<'a>, function: Value<'a>) -> Value<'a> {
    Value::Object(Rc::new(Object {
        class: "functools.singledispatch".into(),
        positional: vec![function],
        fields: RefCell::new([("cases".into(), Value::list(Vec::new()))].into()),
        at: machine.at,
    }))
}

/// `dispatching.register(…)`: adds a case.
pub(super) fn register<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    args: &Args<'a>,
) -> Eval<'a> {
    let first = args.positional.first().cloned().unwrap_or(Value::None);
    let (class, function) = match (&first, args.positional.get(1)) {
        (class, Some(function)) => (class.clone(), function.clone()),
        (Value::Function(function), None) => {
            let parameters = function.parameters();
            let annotation = parameters
                .and_then(|it| it.iter_non_variadic_params().next())
                .and_then(|it| it.parameter.annotation.as_deref());
            match annotation {
                Some(it) => (expression::value(machine, it, function.closure())?, first.clone()),
                None => return Ok(first),
            }
        }
        (_, None) => {
            let mut pending = Args::of(vec![Value::Object(Rc::clone(it)), first]);
            pending.open = None;
            return Ok(object(machine, "functools.register", pending));
        }
    };
    if let Some(Value::List(cases)) = it.fields.borrow().get("cases") {
        cases.borrow_mut().push(Value::tuple(vec![class, function.clone()]));
    }
    Ok(function)
}
