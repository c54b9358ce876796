//! `with` and `async with`.

use std::rc::Rc;

use ruff_python_ast::{StmtWith, WithItem};

use super::call::Args;
use super::function::{self, Code, Function};
use super::machine::{Machine, Raised, Step, Stop};
use super::scope::ScopeId;
use super::statement::{self, Done};
use super::value::Value;
use super::{assign, attribute, expression, installed};

/// What is left of a `with` when the generator that is its context yields.
#[derive(Debug)]
pub(super) struct Hook<'a> {
    statement: &'a StmtWith,
    /// Of which context.
    at: usize,
    scope: ScopeId,
}

/// Runs the block; what the contexts do after it is run too, as far as it is of the bundle.
pub(super) fn run<'a>(machine: &mut Machine<'a>, it: &'a StmtWith, scope: ScopeId) -> Done<'a> {
    from(machine, it, 0, scope)
}

/// Enters the contexts from the one at `at` on, and runs the block.
fn from<'a>(machine: &mut Machine<'a>, it: &'a StmtWith, at: usize, scope: ScopeId) -> Done<'a> {
    let Some(item) = it.items.get(at) else { return statement::block(machine, &it.body, scope) };
    let context = expression::value(machine, &item.context_expr, scope)?;
    if let Some((function, args)) = installed::generator_context(&context) {
        let hook = Hook { statement: it, at, scope };
        return generated(machine, &function, args, hook);
    }
    let given = entered(machine, &context)?;
    bind(machine, item, given, scope)?;
    let step = machine.nested(|machine| from(machine, it, at + 1, scope));
    let suppressed = left(machine, &context, &step)?;
    match step {
        Err(Stop::Raise(_)) if suppressed => Ok(Step::Next),
        step => step,
    }
}

fn bind<'a>(
    machine: &mut Machine<'a>,
    item: &'a WithItem,
    given: Value<'a>,
    scope: ScopeId,
) -> Result<(), Stop<'a>> {
    match &item.optional_vars {
        Some(target) => assign::target(machine, target, given, scope),
        None => Ok(()),
    }
}

/// Runs the generator of `@contextmanager`: its `yield` runs the block.
fn generated<'a>(
    machine: &mut Machine<'a>,
    function: &Rc<Function<'a>>,
    args: Args<'a>,
    hook: Hook<'a>,
) -> Done<'a> {
    let Code::Def(def) = function.code else { return Ok(Step::Next) };
    let scope = function::enter(machine, function, args)?;
    if let Some(it) = machine.scopes.get_mut(scope) {
        it.hook = Some(hook);
    }
    machine.called(|machine| statement::body(machine, &def.body, scope))?;
    let Some(inner) = machine.scopes.get_mut(scope) else { return Ok(Step::Next) };
    match (inner.step.take(), inner.hook.take()) {
        (Some(step), _) => Ok(step),
        (None, Some(_)) => machine.raise("RuntimeError", "generator didn't yield"),
        // the generator kept the exception of the block to itself
        (None, None) => Ok(Step::Next),
    }
}

/// Goes on with the `with` whose context yields `given`.
pub(super) fn resumed<'a>(machine: &mut Machine<'a>, hook: Hook<'a>, given: Value<'a>) -> Done<'a> {
    if let Some(item) = hook.statement.items.get(hook.at) {
        bind(machine, item, given, hook.scope)?;
    }
    from(machine, hook.statement, hook.at + 1, hook.scope)
}

/// What `as` binds.
pub(super) fn entered<'a>(
    machine: &mut Machine<'a>,
    context: &Value<'a>,
) -> super::machine::Eval<'a> {
    match context {
        Value::Instance(_) => {
            let name = if attribute::has(machine, context, "__enter__") {
                "__enter__"
            } else {
                "__aenter__"
            };
            attribute::call(machine, context, name, Args::none())
        }
        Value::Iterator(it) => Ok(it.borrow().front().cloned().unwrap_or(Value::None)),
        Value::Object(it) => installed::entered(machine, it),
        other => Ok(other.clone()),
    }
}

/// Leaves the context; gives whether it keeps the exception to itself.
pub(super) fn left<'a>(
    machine: &mut Machine<'a>,
    context: &Value<'a>,
    step: &Done<'a>,
) -> Result<bool, Stop<'a>> {
    let raised = if let Err(Stop::Raise(it)) = step { Some(Rc::clone(it)) } else { None };
    if let Err(Stop::TooMuch(..)) = step {
        return Ok(false);
    }
    match context {
        Value::Instance(_) => {
            let name =
                if attribute::has(machine, context, "__exit__") { "__exit__" } else { "__aexit__" };
            let kept = attribute::call(
                machine,
                context,
                name,
                Args::of(told(machine, raised.as_deref())),
            )?;
            Ok(raised.is_some() && kept.truth() == Some(true))
        }
        Value::Object(it) => installed::left(machine, it, raised.as_deref()),
        _ => Ok(false),
    }
}

/// The class of the exception, the exception, and where it came from.
fn told<'a>(machine: &Machine<'a>, raised: Option<&Raised<'a>>) -> Vec<Value<'a>> {
    let Some(raised) = raised else { return vec![Value::None; 3] };
    let class = match &raised.value {
        Value::Instance(it) => Value::Class(Rc::clone(&it.class)),
        Value::Object(it) => Value::Outside(Rc::clone(&it.class)),
        _ => machine.unknown("the class of an exception"),
    };
    vec![class, raised.value.clone(), machine.unknown("where an exception came from")]
}
