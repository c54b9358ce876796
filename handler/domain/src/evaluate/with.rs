//! `with` and `async with`.

use ruff_python_ast::{StmtWith, WithItem};

use super::machine::{Eval, Machine, Stop};
use super::scope::ScopeId;
use super::statement::{self, Done};
use super::value::Value;
use super::{assign, attribute, call, exception, expression};

/// Runs the block; what the contexts do after it is run too, as far as it is of the bundle.
pub(super) fn run<'a>(machine: &mut Machine<'a>, it: &'a StmtWith, scope: ScopeId) -> Done<'a> {
    let mut entered = Vec::new();
    for item in &it.items {
        entered.push(enter(machine, item, scope)?);
    }
    let step = statement::block(machine, &it.body, scope);
    let mut suppressed = false;
    for context in entered.iter().rev() {
        suppressed |= leave(machine, context, &step)?;
    }
    match step {
        Err(Stop::Raise(_)) if suppressed => Ok(super::machine::Step::Next),
        step => step,
    }
}

fn enter<'a>(machine: &mut Machine<'a>, item: &'a WithItem, scope: ScopeId) -> Eval<'a> {
    let context = expression::value(machine, &item.context_expr, scope)?;
    let given = match &context {
        Value::Instance(_) => {
            let name = if attribute::has(machine, &context, "__enter__") {
                "__enter__"
            } else {
                "__aenter__"
            };
            let method = attribute::get(machine, &context, name)?;
            call::value(machine, &method, call::Args::none())?
        }
        // a generator made a context by `contextmanager`: what it yields first
        Value::List(it) => it.borrow().first().cloned().unwrap_or(Value::None),
        other => other.clone(),
    };
    if let Some(target) = &item.optional_vars {
        assign::target(machine, target, given, scope)?;
    }
    Ok(context)
}

/// Gives whether the context keeps the exception to itself.
fn leave<'a>(
    machine: &mut Machine<'a>,
    context: &Value<'a>,
    step: &Done<'a>,
) -> Result<bool, Stop<'a>> {
    let raised = matches!(step, Err(Stop::Raise(_)));
    match context {
        Value::Instance(_) => {
            let name =
                if attribute::has(machine, context, "__exit__") { "__exit__" } else { "__aexit__" };
            let method = attribute::get(machine, context, name)?;
            let given = match step {
                Err(Stop::Raise(it)) => {
                    vec![exception::class(&it.value), it.value.clone(), Value::None]
                }
                _ => vec![Value::None, Value::None, Value::None],
            };
            let kept = call::value(machine, &method, call::Args::of(given))?;
            Ok(raised && kept.truth() == Some(true))
        }
        Value::Object(it) => Ok(raised && &*it.class == "contextlib.suppress"),
        _ => Ok(false),
    }
}
