//! Calls: the arguments, and what is called.

use std::collections::BTreeSet;
use std::rc::Rc;

use ruff_python_ast::{Expr, ExprCall};

use super::class;
use super::function::{self, Method};
use super::machine::{Eval, Machine, Stop};
use super::scope::{Kind, ScopeId};
use super::value::{Descriptor, Value};
use super::{attribute, expression, installed, items, methods, prefect};

/// The arguments of a call.
#[derive(Debug, Clone)]
pub(super) struct Args<'a> {
    /// Those without a name.
    pub(super) positional: Vec<Value<'a>>,
    /// Those with one.
    pub(super) named: Vec<(Rc<str>, Value<'a>)>,
    /// `*args` or `**kwargs` of which is not known what they hold.
    pub(super) open: Option<Value<'a>>,
}

impl<'a> Args<'a> {
    /// None.
    pub(super) fn none() -> Self {
        Self::of(Vec::new())
    }

    /// Arguments without names.
    pub(super) fn of(positional: Vec<Value<'a>>) -> Self {
        Self { positional, named: Vec::new(), open: None }
    }

    /// The argument of the parameter `name`, which is the one at `place` of those without a name.
    pub(super) fn get(&self, name: &str, place: usize) -> Option<&Value<'a>> {
        self.named(name).or_else(|| self.positional.get(place))
    }

    /// The argument with the name `name`.
    pub(super) fn named(&self, name: &str) -> Option<&Value<'a>> {
        self.named.iter().find(|(it, _)| &**it == name).map(|(_, it)| it)
    }

    /// The argument as a text.
    pub(super) fn text(&self, name: &str, place: usize) -> Option<Rc<str>> {
        self.get(name, place).and_then(Value::as_text).cloned()
    }

    /// Any argument of which something is not known.
    pub(super) fn unknown(&self) -> Option<&Value<'a>> {
        let all = self.positional.iter().chain(self.named.iter().map(|(_, it)| it));
        all.chain(&self.open).find(|it| it.as_unknown().is_some())
    }

    /// With `first` before the others.
    pub(super) fn after(mut self, first: Value<'a>) -> Self {
        self.positional.insert(0, first);
        self
    }
}

/// What the call `it` gives.
pub(super) fn expression<'a>(
    machine: &mut Machine<'a>,
    it: &'a ExprCall,
    scope: ScopeId,
) -> Eval<'a> {
    let callee = expression::value(machine, &it.func, scope)?;
    if let Value::Outside(name) = &callee
        && it.arguments.is_empty()
        && let Some(value) = of_scope(machine, name, scope)
    {
        return Ok(value);
    }
    let args = arguments(machine, it, scope)?;
    machine.go(it, scope);
    value(machine, &callee, args)
}

/// `super()`, `locals()`, `globals()`: what depends on where they are called.
fn of_scope<'a>(machine: &Machine<'a>, name: &str, scope: ScopeId) -> Option<Value<'a>> {
    let scope = machine.scopes.get(scope)?;
    let names = |it: &super::scope::Scope<'a>| {
        let all = it.names.iter();
        let pairs = all
            .filter_map(|name| Some((Value::Text(Rc::clone(name)), it.values.get(name)?.clone())));
        Value::dict(pairs.collect())
    };
    match name {
        "builtins.dir" => Some(match names(scope) {
            Value::Dict(it) => {
                let mut all: Vec<Rc<str>> =
                    it.borrow().keys().iter().filter_map(|it| it.as_text().cloned()).collect();
                all.sort();
                Value::list(all.into_iter().map(Value::Text).collect())
            }
            other => other,
        }),
        "builtins.super" => {
            let mut at = Some(scope);
            while let Some(it) = at {
                if let Kind::Function(Some((class, first))) = &it.kind {
                    return Some(class::parent(class, first));
                }
                at = it.outer.and_then(|it| machine.scopes.get(it));
            }
            None
        }
        "builtins.locals" | "builtins.vars" => Some(names(scope)),
        "builtins.globals" => machine.scopes.get(scope.globals).map(names),
        _ => None,
    }
}

fn arguments<'a>(
    machine: &mut Machine<'a>,
    it: &'a ExprCall,
    scope: ScopeId,
) -> Result<Args<'a>, Stop<'a>> {
    let mut args = Args::none();
    for it in &it.arguments.args {
        if let Expr::Starred(it) = it {
            let value = expression::value(machine, &it.value, scope)?;
            match items::of(machine, &value)? {
                Some(more) => args.positional.extend(more),
                None => args.open = Some(value),
            }
        } else {
            args.positional.push(expression::value(machine, it, scope)?);
        }
    }
    for it in &it.arguments.keywords {
        let value = expression::value(machine, &it.value, scope)?;
        match &it.arg {
            Some(name) => args.named.push((name.as_str().into(), value)),
            None => spread(machine, &value, &mut args)?,
        }
    }
    if it.arguments.keywords.iter().any(|it| it.arg.is_none()) {
        named_once(machine, &args)?;
    }
    Ok(args)
}

/// `f(a=1, **{"a": 2})`: of names that are written out, the parser has seen to it.
fn named_once<'a>(machine: &Machine<'a>, args: &Args<'a>) -> Result<(), Stop<'a>> {
    let mut seen = BTreeSet::new();
    match args.named.iter().find(|(name, _)| !seen.insert(name)) {
        Some((name, _)) => {
            let message = format!("got multiple values for keyword argument '{name}'");
            machine.raise("TypeError", message)
        }
        None => Ok(()),
    }
}

/// `**value`
fn spread<'a>(
    machine: &mut Machine<'a>,
    value: &Value<'a>,
    args: &mut Args<'a>,
) -> Result<(), Stop<'a>> {
    let value = &installed::environment_spread(machine, value);
    let Value::Dict(dict) = class::own_value(value) else {
        args.open = Some(match value.as_unknown() {
            Some(_) => value.clone(),
            None => machine.unknown(format!("`**` of {}", value.type_name())),
        });
        return Ok(());
    };
    machine.spend_size(dict.borrow().len())?;
    for (key, it) in dict.borrow().iter() {
        match key.as_text() {
            Some(name) => args.named.push((Rc::clone(name), it.clone())),
            None if key.as_unknown().is_some() => args.open = Some(key.clone()),
            None => return machine.raise("TypeError", "keywords must be strings"),
        }
    }
    Ok(())
}

/// What a call of `callee` gives.
pub(super) fn value<'a>(machine: &mut Machine<'a>, callee: &Value<'a>, args: Args<'a>) -> Eval<'a> {
    match callee {
        Value::Function(it) => function::call(machine, it, args),
        Value::Method(it) => method(machine, it, args),
        Value::Native(it) => methods::call(machine, &it.owner, &it.name, args),
        Value::Descriptor(Descriptor::Static, it) => {
            machine.nested(|machine| value(machine, it, args))
        }
        Value::Class(it) => class::construct(machine, it, args),
        Value::Instance(it) if it.class.find(machine, "__call__").is_some() => {
            machine.nested(|machine| attribute::call(machine, callee, "__call__", args))
        }
        Value::Instance(it) if it.class.open => {
            Ok(machine.unknown(format!("the result of a {}", it.class.name)))
        }
        Value::Outside(name) => installed::call(machine, name, args),
        Value::Object(it) => installed::call_object(machine, it, args),
        Value::Flow(it) => prefect::run(machine, it, args),
        Value::Unknown(it) => prefect::called_unknown(machine, it, args),
        other => {
            let message = format!("'{}' object is not callable", other.type_name());
            machine.raise("TypeError", message)
        }
    }
}

fn method<'a>(machine: &mut Machine<'a>, it: &Method<'a>, args: Args<'a>) -> Eval<'a> {
    let args = args.after(it.receiver.clone());
    machine.nested(|machine| value(machine, &it.function, args))
}
