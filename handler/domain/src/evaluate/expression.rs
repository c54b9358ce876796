//! Expressions.

use std::rc::Rc;

use ruff_python_ast::{
    BoolOp, Expr, ExprBoolOp, ExprDict, ExprIf, ExprName, ExprYieldFrom, Number,
};

use super::dict::Dict;
use super::machine::{Eval, Machine, Stop};
use super::scope::ScopeId;
use super::value::Value;
use super::{
    assign, attribute, call, class, compare, comprehension, definition, format, installed, items,
    operator, subscript, with,
};

/// The value of `expr`.
pub(super) fn value<'a>(machine: &mut Machine<'a>, expr: &'a Expr, scope: ScopeId) -> Eval<'a> {
    machine.nested(|machine| one(machine, expr, scope))
}

#[expect(clippy::too_many_lines, reason = "a table: one arm for each kind of expression")]
fn one<'a>(machine: &mut Machine<'a>, expr: &'a Expr, scope: ScopeId) -> Eval<'a> {
    Ok(match expr {
        Expr::NoneLiteral(_) => Value::None,
        Expr::EllipsisLiteral(_) => Value::Ellipsis,
        Expr::BooleanLiteral(it) => Value::Bool(it.value),
        Expr::NumberLiteral(it) => number(machine, &it.value),
        Expr::StringLiteral(it) => {
            machine.spend_size(it.value.len())?;
            Value::text(it.value.to_str())
        }
        Expr::BytesLiteral(it) => Value::Bytes(it.value.bytes().collect()),
        Expr::FString(it) => format::fstring(machine, it, scope)?,
        Expr::Name(it) => name(machine, it, scope)?,
        Expr::List(it) => Value::list(several(machine, &it.elts, scope)?),
        Expr::Tuple(it) => Value::tuple(several(machine, &it.elts, scope)?),
        Expr::Set(it) => Value::set(several(machine, &it.elts, scope)?),
        Expr::Dict(it) => dict(machine, it, scope)?,
        Expr::Attribute(it) => {
            let owner = value(machine, &it.value, scope)?;
            machine.go(it, scope);
            attribute::get(machine, &owner, it.attr.as_str())?
        }
        Expr::Subscript(it) => {
            let owner = value(machine, &it.value, scope)?;
            let key = subscript::key(machine, &it.slice, scope)?;
            machine.go(it, scope);
            subscript::get(machine, &owner, &key)?
        }
        Expr::Call(it) => call::expression(machine, it, scope)?,
        Expr::BinOp(it) => {
            let left = value(machine, &it.left, scope)?;
            let right = value(machine, &it.right, scope)?;
            machine.go(it, scope);
            operator::binary(machine, it.op, &left, &right)?
        }
        Expr::UnaryOp(it) => {
            let operand = value(machine, &it.operand, scope)?;
            operator::unary(machine, it.op, &operand)?
        }
        Expr::BoolOp(it) => either(machine, it, scope)?,
        Expr::Compare(it) => compare::chain(machine, it, scope)?,
        Expr::If(it) => choice(machine, it, scope)?,
        Expr::Named(it) => {
            let found = value(machine, &it.value, scope)?;
            let block = machine.scopes.block(scope);
            assign::target(machine, &it.target, found.clone(), block)?;
            found
        }
        Expr::Lambda(it) => definition::lambda(machine, it, scope)?,
        Expr::Await(it) => value(machine, &it.value, scope)?,
        Expr::Yield(it) => {
            let found = match &it.value {
                Some(it) => value(machine, it, scope)?,
                None => Value::None,
            };
            give(machine, scope, vec![found])?;
            Value::None
        }
        Expr::YieldFrom(it) => passed_on(machine, it, scope)?,
        Expr::ListComp(it) => comprehension::list(machine, &it.elt, &it.generators, scope)?,
        Expr::Generator(it) => comprehension::generator(machine, &it.elt, &it.generators, scope)?,
        Expr::SetComp(it) => comprehension::set(machine, &it.elt, &it.generators, scope)?,
        Expr::DictComp(it) => comprehension::dict(machine, it, scope)?,
        Expr::Starred(it) => value(machine, &it.value, scope)?,
        Expr::TString(_) | Expr::Slice(_) | Expr::IpyEscapeCommand(_) => {
            machine.go(expr, scope);
            machine.unknown("an expression that is not read here")
        }
    })
}

/// `body if test else orelse`
fn choice<'a>(machine: &mut Machine<'a>, it: &'a ExprIf, scope: ScopeId) -> Eval<'a> {
    let test = value(machine, &it.test, scope)?;
    match operator::truth(machine, &test)? {
        Some(true) => value(machine, &it.body, scope),
        Some(false) => value(machine, &it.orelse, scope),
        None => Ok(test),
    }
}

/// `yield from value`
fn passed_on<'a>(machine: &mut Machine<'a>, it: &'a ExprYieldFrom, scope: ScopeId) -> Eval<'a> {
    let found = value(machine, &it.value, scope)?;
    let Some(all) = items::of(machine, &found)? else {
        give(machine, scope, vec![found.clone()])?;
        return Ok(found);
    };
    give(machine, scope, all)?;
    let mut returned = machine.returned.iter().rev();
    let returned = returned.find(|(it, _)| it.is_same(&found));
    Ok(returned.map_or(Value::None, |(_, it)| it.clone()))
}

fn number<'a>(machine: &Machine<'a>, number: &Number) -> Value<'a> {
    match number {
        Number::Int(it) => match it.as_i64() {
            Some(it) => Value::Int(it.into()),
            None => it
                .to_string()
                .parse()
                .map_or_else(|_| machine.unknown("a large number"), Value::Int),
        },
        Number::Float(it) => Value::Float(*it),
        Number::Complex { .. } => machine.unknown("a complex number"),
    }
}

/// What `name` means: in the blocks around, of an installed module by `*`, or one of Python's own.
fn name<'a>(machine: &mut Machine<'a>, it: &'a ExprName, scope: ScopeId) -> Eval<'a> {
    let name = it.id.as_str();
    if let Some(found) = machine.scopes.lookup(scope, name) {
        return Ok(found.clone());
    }
    let globals = machine.scopes.get(scope).map(|it| it.globals);
    if installed::is_builtin(name) {
        return Ok(Value::outside(format!("builtins.{name}")));
    }
    let star = machine.stars.iter().rev().find(|(it, _)| Some(*it) == globals);
    if let Some((_, module)) = star {
        let dotted = format!("{module}.{name}");
        return Ok(installed::constant(machine, &dotted));
    }
    machine.go(it, scope);
    let file = machine.scopes.get(scope).map(|it| it.file);
    if file.is_some_and(|it| machine.partial.contains(&it)) {
        return Ok(machine.unknown(format!("`{name}`")));
    }
    machine.raise("NameError", format!("name '{name}' is not defined"))
}

/// The values of `all`, with those that a star spreads.
pub(super) fn several<'a>(
    machine: &mut Machine<'a>,
    all: &'a [Expr],
    scope: ScopeId,
) -> Result<Vec<Value<'a>>, Stop<'a>> {
    let mut out = Vec::with_capacity(all.len());
    for it in all {
        let found = value(machine, it, scope)?;
        match it {
            Expr::Starred(_) => match items::of(machine, &found)? {
                Some(more) => out.extend(more),
                None => out.push(found),
            },
            _ => out.push(found),
        }
    }
    Ok(out)
}

fn dict<'a>(machine: &mut Machine<'a>, it: &'a ExprDict, scope: ScopeId) -> Eval<'a> {
    let mut out = Dict::default();
    for item in &it.items {
        let value = value(machine, &item.value, scope)?;
        let spread = item.key.is_none().then(|| installed::environment_spread(machine, &value));
        match (&item.key, class::own_value(spread.as_ref().unwrap_or(&value))) {
            (Some(key), _) => {
                let key = self::value(machine, key, scope)?;
                subscript::hashable(machine, &key)?;
                let value = value.clone();
                out.insert(key, value);
            }
            (None, Value::Dict(more)) => {
                let more = more.borrow();
                machine.spend_size(more.len() * 8)?;
                out.spread(&more);
            }
            // of the whole, something is not known
            (None, _) => out.insert(value.clone(), value.clone()),
        }
    }
    Ok(Value::dict(out))
}

/// `a and b`, `a or b`
fn either<'a>(machine: &mut Machine<'a>, it: &'a ExprBoolOp, scope: ScopeId) -> Eval<'a> {
    let ends = it.op == BoolOp::Or;
    let mut last = Value::None;
    for (at, operand) in it.values.iter().enumerate() {
        let unset = machine.unset.len();
        last = value(machine, operand, scope)?;
        // `os.getenv("A") or "b"`: a default
        if ends && at + 1 < it.values.len() {
            machine.unset.truncate(unset);
        }
        match operator::truth(machine, &last)? {
            Some(truth) if truth != ends => {}
            _ => return Ok(last),
        }
    }
    Ok(last)
}

fn give<'a>(
    machine: &mut Machine<'a>,
    scope: ScopeId,
    values: Vec<Value<'a>>,
) -> Result<(), Stop<'a>> {
    let block = machine.scopes.block(scope);
    machine.spend_size(values.len())?;
    let hook = machine.scopes.get_mut(block).and_then(|it| it.hook.take());
    if let Some(hook) = hook {
        let given = values.into_iter().next().unwrap_or(Value::None);
        let step = with::resumed(machine, hook, given)?;
        if let Some(it) = machine.scopes.get_mut(block) {
            it.step = Some(step);
        }
        return Ok(());
    }
    if let Some(it) = machine.scopes.get_mut(block) {
        it.yielded.extend(values);
    }
    Ok(())
}

/// The dotted name of a value that is installed.
pub(super) fn dotted<'v>(it: &'v Value<'_>) -> Option<&'v Rc<str>> {
    match it {
        Value::Outside(name) => Some(name),
        Value::Unknown(it) => it.name.as_ref(),
        _ => None,
    }
}
