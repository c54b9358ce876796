//! Flows: `@flow`, what they are called, where they are.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::evaluate::attribute::native;
use crate::evaluate::call::Args;
use crate::evaluate::function::Function;
use crate::evaluate::installed::object;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::value::Value;

/// A flow.
#[derive(Debug)]
pub(in crate::evaluate) struct Flow<'a> {
    /// Its function; none when it is read `from_source` elsewhere.
    pub(in crate::evaluate) function: Option<Rc<Function<'a>>>,
    /// The arguments of `@flow(…)`, and what was set since.
    pub(in crate::evaluate) settings: RefCell<BTreeMap<Rc<str>, Value<'a>>>,
    /// The storage and the entrypoint of `from_source`.
    pub(in crate::evaluate) source: Option<(Value<'a>, Rc<str>)>,
}

impl<'a> Flow<'a> {
    /// The name of its function.
    pub(in crate::evaluate) fn function_name(&self) -> &str {
        self.function.as_ref().map_or("flow", |it| &it.name)
    }

    /// `flow.name = value`
    pub(in crate::evaluate) fn set(&self, name: &str, value: Value<'a>) {
        self.settings.borrow_mut().insert(name.into(), value);
    }
}

/// `@flow`, `@flow(name=…)`, `flow(function)`
pub(super) fn decorate<'a>(machine: &mut Machine<'a>, args: Args<'a>) -> Eval<'a> {
    let function = args.get("fn", 0).or_else(|| args.named("_FlowDecorator__fn")).cloned();
    match function {
        Some(Value::Function(function)) => Ok(Value::Flow(Rc::new(Flow {
            function: Some(function),
            settings: RefCell::new(
                args.named.into_iter().filter(|(name, _)| &**name != "fn").collect(),
            ),
            source: None,
        }))),
        Some(other) => Ok(match other.as_unknown() {
            Some(_) => other,
            None => machine.unknown("a flow of something that is no function of the bundle"),
        }),
        None => Ok(object(machine, "prefect.flow", args)),
    }
}

/// What `flow.name` gives.
pub(super) fn attribute<'a>(machine: &mut Machine<'a>, it: &Rc<Flow<'a>>, name: &str) -> Value<'a> {
    let owner = Value::Flow(Rc::clone(it));
    if let Some(found) = it.settings.borrow().get(name).filter(|it| !it.is_none()) {
        return found.clone();
    }
    match (name, &it.function) {
        ("name", Some(function)) => Value::text(function.name.replace('_', "-")),
        ("fn" | "__wrapped__", Some(function)) => Value::Function(Rc::clone(function)),
        ("__name__", Some(function)) => Value::Text(Rc::clone(&function.name)),
        ("deploy" | "serve" | "to_deployment" | "with_options" | "from_source", _) => {
            native(&owner, name)
        }
        _ => machine.unknown(format!("`{name}` of the flow `{}`", it.function_name())),
    }
}
