//! Functions of the bundle: their definition, and what a call gives.

use std::cell::RefCell;
use std::rc::Rc;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ExprLambda, Parameters, Stmt, StmtFunctionDef};

use super::call::{self, Args};
use super::class::Class;
use super::machine::{Eval, Machine, Stop};
use super::scope::{Kind, ScopeId};
use super::sources::FileId;
use super::unknown::Spot;
use super::value::Value;
use super::{expression, statement};

/// A function or lambda.
#[derive(Debug)]
pub(super) struct Function<'a> {
    pub(super) name: Rc<str>,
    /// `Class.method`, as `__qualname__`.
    pub(super) qualified: Rc<str>,
    pub(super) file: FileId,
    pub(super) at: Spot,
    pub(super) code: Code<'a>,
    closure: ScopeId,
    pub(super) defaults: Vec<(&'a str, Value<'a>)>,
    is_generator: bool,
    /// The class whose method it is, for `super()`.
    pub(super) class: RefCell<Option<Rc<Class<'a>>>>,
    /// The function that this one stands for, by `functools.wraps`.
    pub(super) wrapped: Option<Rc<Function<'a>>>,
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
    /// This function under the name of `wrapped`.
    pub(super) fn wrapping(&self, wrapped: &Rc<Self>) -> Self {
        Self {
            name: Rc::clone(&wrapped.name),
            qualified: Rc::clone(&wrapped.qualified),
            file: self.file,
            at: self.at,
            code: self.code,
            closure: self.closure,
            defaults: self.defaults.clone(),
            is_generator: self.is_generator,
            class: RefCell::new(self.class.borrow().clone()),
            wrapped: Some(Rc::clone(wrapped)),
        }
    }

    /// The function that its signature and documentation are of.
    pub(super) fn innermost<'f>(self: &'f Rc<Self>) -> &'f Rc<Self> {
        let mut it = self;
        while let Some(wrapped) = &it.wrapped {
            it = wrapped;
        }
        it
    }

    /// Its statements; a lambda has none.
    pub(super) fn body(&self) -> &'a [Stmt] {
        match self.code {
            Code::Def(it) => &it.body,
            Code::Lambda(_) => &[],
        }
    }

    fn parameters(&self) -> Option<&'a Parameters> {
        match self.code {
            Code::Def(it) => Some(&it.parameters),
            Code::Lambda(it) => it.parameters.as_deref(),
        }
    }
}

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
        if decorated.as_unknown().is_none() {
            value = decorated;
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

fn made<'a>(
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
        class: RefCell::default(),
        wrapped: None,
    })
}

fn spot(machine: &mut Machine<'_>, node: &impl ruff_text_size::Ranged, scope: ScopeId) -> Spot {
    machine.go(node, scope);
    machine.at
}

/// What a call of `it` gives. A generator gives all that it yields.
pub(super) fn call<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Function<'a>>,
    args: Args<'a>,
) -> Eval<'a> {
    machine.ran.insert((it.file, it.at.offset));
    let first = args.positional.first().cloned().unwrap_or(Value::None);
    let class = it.class.borrow().clone();
    let kind = Kind::Function(class.map(|class| (class, first)));
    let scope = machine.scopes.inner(it.closure, kind);
    if let Some(scope) = machine.scopes.get_mut(scope) {
        scope.file = it.file;
        scope.prefix = format!("{}.<locals>.", it.qualified);
    }
    bind(machine, it, args, scope)?;
    machine.called(|machine| {
        let value = match it.code {
            Code::Def(def) => statement::body(machine, &def.body, scope)?,
            Code::Lambda(lambda) => expression::value(machine, &lambda.body, scope)?,
        };
        if !it.is_generator {
            return Ok(value);
        }
        let yielded = machine.scopes.get_mut(scope).map(|it| std::mem::take(&mut it.yielded));
        Ok(Value::list(yielded.unwrap_or_default()))
    })
}

/// Gives every parameter its argument.
fn bind<'a>(
    machine: &mut Machine<'a>,
    it: &Function<'a>,
    args: Args<'a>,
    scope: ScopeId,
) -> Result<(), Stop<'a>> {
    let Some(parameters) = it.parameters() else {
        return no_more(machine, it, args.positional.len(), args.named.first().map(|it| &*it.0));
    };
    let mut positional = args.positional.into_iter();
    let mut named = args.named;
    let by_place = parameters.posonlyargs.iter().chain(&parameters.args);
    for parameter in by_place {
        let name = parameter.parameter.name.as_str();
        let value = positional.next().or_else(|| taken(&mut named, name));
        given(machine, it, name, value, args.open.as_ref(), scope)?;
    }
    let rest: Vec<Value<'a>> = positional.collect();
    match &parameters.vararg {
        Some(vararg) => machine.scopes.bind(scope, vararg.name.as_str(), Value::tuple(rest)),
        None => no_more(machine, it, rest.len(), None)?,
    }
    for parameter in &parameters.kwonlyargs {
        let name = parameter.parameter.name.as_str();
        let value = taken(&mut named, name);
        given(machine, it, name, value, args.open.as_ref(), scope)?;
    }
    match &parameters.kwarg {
        Some(kwarg) => {
            let named = named.into_iter().map(|(name, it)| (Value::Text(name), it)).collect();
            machine.scopes.bind(scope, kwarg.name.as_str(), Value::dict(named));
            Ok(())
        }
        None => no_more(machine, it, 0, named.first().map(|it| &*it.0)),
    }
}

fn taken<'a>(named: &mut Vec<(Rc<str>, Value<'a>)>, name: &str) -> Option<Value<'a>> {
    let at = named.iter().position(|(it, _)| &**it == name)?;
    Some(named.remove(at).1)
}

fn given<'a>(
    machine: &mut Machine<'a>,
    it: &Function<'a>,
    name: &'a str,
    value: Option<Value<'a>>,
    open: Option<&Value<'a>>,
    scope: ScopeId,
) -> Result<(), Stop<'a>> {
    let default = || it.defaults.iter().find(|(it, _)| *it == name).map(|(_, it)| it.clone());
    // with `*unknown` or `**unknown`, nothing is known of what is not given otherwise
    match value.or_else(|| open.cloned()).or_else(default) {
        Some(value) => {
            machine.scopes.bind(scope, name, value);
            Ok(())
        }
        None => machine.raise("TypeError", format!("{}() missing argument '{name}'", it.name)),
    }
}

fn no_more<'a>(
    machine: &Machine<'a>,
    it: &Function<'a>,
    positional: usize,
    named: Option<&str>,
) -> Result<(), Stop<'a>> {
    if let Some(name) = named {
        let message = format!("{}() got an unexpected keyword argument '{name}'", it.name);
        return machine.raise("TypeError", message);
    }
    if positional > 0 {
        return machine.raise("TypeError", format!("{}() got too many arguments", it.name));
    }
    Ok(())
}

/// Whether these statements are of a generator.
fn yields(body: &[Stmt]) -> bool {
    #[derive(Default)]
    struct Search(bool);
    impl<'a> Visitor<'a> for Search {
        fn visit_stmt(&mut self, it: &'a Stmt) {
            if !self.0 && !matches!(it, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
                walk_stmt(self, it);
            }
        }

        fn visit_expr(&mut self, it: &'a Expr) {
            self.0 |= matches!(it, Expr::Yield(_) | Expr::YieldFrom(_));
            if !self.0 && !matches!(it, Expr::Lambda(_)) {
                walk_expr(self, it);
            }
        }
    }
    let mut search = Search::default();
    body.iter().for_each(|it| search.visit_stmt(it));
    search.0
}
