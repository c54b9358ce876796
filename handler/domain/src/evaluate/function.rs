//! Functions of the bundle: their definition, and what a call gives.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ruff_python_ast::{ExprLambda, Parameters, Stmt, StmtFunctionDef};

use super::call::Args;
use super::class::Class;
use super::dict::Dict;
use super::fields::Fields;
use super::machine::{Eval, Machine, Stop};
use super::scope::{Kind, ScopeId};
use super::sources::FileId;
use super::unknown::Spot;
use super::value::Value;
use super::{binding, expression, installed, statement};

/// A function or lambda.
#[derive(Debug)]
pub(super) struct Function<'a> {
    pub(super) name: Rc<str>,
    /// `Class.method`, as `__qualname__`.
    pub(super) qualified: Rc<str>,
    pub(super) file: FileId,
    pub(super) at: Spot,
    pub(super) code: Code<'a>,
    pub(super) closure: ScopeId,
    pub(super) defaults: Vec<(&'a str, Value<'a>)>,
    pub(super) is_generator: bool,
    /// Whether a call registers something, once that was looked for.
    pub(super) leads: Cell<Option<bool>>,
    /// `@contextmanager`
    pub(super) is_context: Cell<bool>,
    /// Whether a decorator of the bundle may have made something else of it.
    pub(super) is_doubtful: Cell<bool>,
    /// What `@lru_cache` keeps, by arguments.
    pub(super) kept: RefCell<Option<Dict<'a>>>,
    /// What was set on it: `f.retries = 3`.
    pub(super) fields: RefCell<Fields<'a>>,
    /// The class whose method it is, for `super()`.
    pub(super) class: RefCell<Option<Rc<Class<'a>>>>,
}

/// What a call runs.
#[derive(Debug, Clone, Copy)]
pub(super) enum Code<'a> {
    /// `def`
    Def(&'a StmtFunctionDef),
    /// `lambda`
    Lambda(&'a ExprLambda),
}

/// A function with its first argument.
#[derive(Debug)]
pub(super) struct Method<'a> {
    pub(super) receiver: Value<'a>,
    pub(super) function: Value<'a>,
}

impl<'a> Function<'a> {
    /// The function that its signature and documentation are of: the one it stands for by `functools.wraps`.
    pub(super) fn innermost(self: &Rc<Self>) -> Rc<Self> {
        let mut it = Rc::clone(self);
        // a function that wraps itself has no end
        for _ in 0..20 {
            let wrapped = it.fields.borrow().get("__wrapped__").cloned();
            match wrapped {
                Some(Value::Function(wrapped)) => it = wrapped,
                _ => break,
            }
        }
        it
    }

    /// The block that it sees.
    pub(super) fn closure(&self) -> ScopeId {
        self.closure
    }

    /// How many arguments without a name it takes.
    pub(super) fn places(&self) -> usize {
        self.parameters().map_or(0, |it| it.posonlyargs.len() + it.args.len())
    }

    /// Its statements; a lambda has none.
    pub(super) fn body(&self) -> &'a [Stmt] {
        match self.code {
            Code::Def(it) => &it.body,
            Code::Lambda(_) => &[],
        }
    }

    pub(super) fn parameters(&self) -> Option<&'a Parameters> {
        match self.code {
            Code::Def(it) => Some(&it.parameters),
            Code::Lambda(it) => it.parameters.as_deref(),
        }
    }
}

/// What a call of `it` gives. A generator gives all that it yields.
pub(super) fn call<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Function<'a>>,
    args: Args<'a>,
) -> Eval<'a> {
    machine.ran.insert((it.file, it.at.offset));
    if it.is_context.get() {
        let mut args = args;
        args.positional.insert(0, Value::Function(Rc::clone(it)));
        return Ok(installed::object(machine, "contextlib.generator", args));
    }
    if it.kept.borrow().is_none() {
        return called(machine, it, args);
    }
    let named = args
        .named
        .iter()
        .map(|(name, it)| Value::tuple(vec![Value::Text(Rc::clone(name)), it.clone()]));
    let key = Value::tuple(args.positional.iter().cloned().chain(named).collect());
    if let Some(known) = it.kept.borrow().as_ref().and_then(|it| it.get(&key).cloned()) {
        return Ok(known);
    }
    let value = called(machine, it, args)?;
    if let Some(kept) = it.kept.borrow_mut().as_mut() {
        kept.insert(key, value.clone());
    }
    Ok(value)
}

fn called<'a>(machine: &mut Machine<'a>, it: &Rc<Function<'a>>, args: Args<'a>) -> Eval<'a> {
    let scope = enter(machine, it, args)?;
    machine.running.push(Rc::clone(it));
    let value = machine.called(|machine| {
        let value = match it.code {
            Code::Def(def) => statement::body(machine, &def.body, scope)?,
            Code::Lambda(lambda) => expression::value(machine, &lambda.body, scope)?,
        };
        if !it.is_generator {
            return Ok(value);
        }
        let yielded = machine.scopes.get_mut(scope).map(|it| std::mem::take(&mut it.yielded));
        let generator = Value::iterator(yielded.unwrap_or_default());
        if !value.is_none() {
            machine.returned.push((generator.clone(), value));
        }
        Ok(generator)
    });
    machine.running.pop();
    value
}

/// The names of a call, its arguments among them.
pub(super) fn enter<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Function<'a>>,
    args: Args<'a>,
) -> Result<ScopeId, Stop<'a>> {
    let first = args.positional.first().cloned().unwrap_or(Value::None);
    let class = it.class.borrow().clone();
    let kind = Kind::Function(class.map(|class| (class, first)));
    let scope = machine.scopes.inner(it.closure, kind);
    if let Some(scope) = machine.scopes.get_mut(scope) {
        scope.file = it.file;
        scope.prefix = format!("{}.<locals>.", it.qualified);
    }
    binding::bind(machine, it, args, scope)?;
    Ok(scope)
}

/// `__defaults__` or `__kwdefaults__`
pub(super) fn defaults<'a>(it: &Function<'a>, name: &str) -> Value<'a> {
    let by_name = it.parameters().map_or(&[][..], |it| &it.kwonlyargs);
    let is_named = |name: &str| by_name.iter().any(|it| it.parameter.name.as_str() == name);
    if name == "__defaults__" {
        let all = it.defaults.iter().filter(|(name, _)| !is_named(name));
        let all: Vec<Value<'a>> = all.map(|(_, it)| it.clone()).collect();
        return if all.is_empty() { Value::None } else { Value::tuple(all) };
    }
    let all = it.defaults.iter().filter(|(name, _)| is_named(name));
    let all: Dict<'a> = all.map(|(name, it)| (Value::text(*name), it.clone())).collect();
    if all.is_empty() { Value::None } else { Value::dict(all) }
}
