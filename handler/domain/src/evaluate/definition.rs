//! `def` and `lambda`: the functions that they make.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ruff_python_ast::{ExprLambda, Parameters, StmtFunctionDef};

use super::call::{self, Args};
use super::expression;
use super::function::{Code, Function};
use super::generator::yields;
use super::machine::{Eval, Machine, Stop};
use super::scope::ScopeId;
use super::unknown::Spot;
use super::value::Value;

/// `def`: binds the function, decorated.
pub(super) fn define<'a>(
    machine: &mut Machine<'a>,
    it: &'a StmtFunctionDef,
    scope: ScopeId,
) -> Result<(), Stop<'a>> {
    let mut decorators = Vec::new();
    for decorator in &it.decorator_list {
        decorators.push(expression::value(machine, &decorator.expression, scope)?);
    }
    let function = made(machine, it.name.as_str(), Code::Def(it), scope)?;
    machine.go(&it.name, scope);
    let mut value = Value::Function(Rc::new(function));
    for decorator in decorators.iter().rev() {
        let decorated = call::value(machine, decorator, Args::of(vec![value.clone()]))?;
        // decorators of other packages time, log, retry: what they give is called as the function is
        match (decorated.as_unknown(), &value) {
            (None, _) => value = decorated,
            (Some(_), Value::Function(it)) => it.is_doubtful.set(true),
            (Some(_), _) => {}
        }
    }
    machine.scopes.bind(scope, it.name.as_str(), value);
    Ok(())
}

/// `lambda`
pub(super) fn lambda<'a>(
    machine: &mut Machine<'a>,
    it: &'a ExprLambda,
    scope: ScopeId,
) -> Eval<'a> {
    Ok(Value::Function(Rc::new(made(machine, "<lambda>", Code::Lambda(it), scope)?)))
}

pub(super) fn made<'a>(
    machine: &mut Machine<'a>,
    name: &str,
    code: Code<'a>,
    scope: ScopeId,
) -> Result<Function<'a>, Stop<'a>> {
    let parameters = match code {
        Code::Def(it) => Some(&*it.parameters),
        Code::Lambda(it) => it.parameters.as_deref(),
    };
    let mut defaults = Vec::new();
    for it in parameters.into_iter().flat_map(Parameters::iter_non_variadic_params) {
        if let Some(default) = &it.default {
            let value = expression::value(machine, default, scope)?;
            defaults.push((it.parameter.name.as_str(), value));
        }
    }
    let prefix = machine.scopes.get(scope).map_or("", |it| it.prefix.as_str());
    Ok(Function {
        name: name.into(),
        qualified: format!("{prefix}{name}").into(),
        file: machine.scopes.get(scope).map_or(machine.main, |it| it.file),
        at: match code {
            Code::Def(it) => spot(machine, &it.name, scope),
            Code::Lambda(it) => spot(machine, it, scope),
        },
        code,
        closure: machine.scopes.seen_by_functions(scope),
        defaults,
        is_generator: matches!(code, Code::Def(it) if yields(&it.body)),
        leads: Cell::new(None),
        is_context: Cell::new(false),
        is_doubtful: Cell::new(false),
        kept: RefCell::default(),
        fields: RefCell::default(),
        class: RefCell::default(),
    })
}

fn spot(machine: &mut Machine<'_>, node: &impl ruff_text_size::Ranged, scope: ScopeId) -> Spot {
    machine.go(node, scope);
    machine.at
}
