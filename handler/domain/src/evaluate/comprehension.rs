//! Comprehensions and generators, which are lists here.

use ruff_python_ast::{Comprehension, Expr, ExprDictComp};

use super::dict::Dict;
use super::limits::MAX_ITEMS;
use super::machine::{Eval, Machine, Stop};
use super::scope::{Kind, ScopeId};
use super::value::Value;
use super::{assign, expression, items, operator};

/// `[item for … in …]`
pub(super) fn list<'a>(
    machine: &mut Machine<'a>,
    item: &'a Expr,
    generators: &'a [Comprehension],
    scope: ScopeId,
) -> Eval<'a> {
    let mut out = Vec::new();
    let unknown = each(machine, generators, scope, &mut |machine, scope| {
        out.push(expression::value(machine, item, scope)?);
        Ok(())
    })?;
    Ok(unknown.unwrap_or_else(|| Value::list(out)))
}

/// `(item for … in …)`
pub(super) fn generator<'a>(
    machine: &mut Machine<'a>,
    item: &'a Expr,
    generators: &'a [Comprehension],
    scope: ScopeId,
) -> Eval<'a> {
    let made = list(machine, item, generators, scope)?;
    Ok(match &made {
        Value::List(it) => Value::iterator(it.take()),
        _ => made,
    })
}

/// `{item for … in …}`
pub(super) fn set<'a>(
    machine: &mut Machine<'a>,
    item: &'a Expr,
    generators: &'a [Comprehension],
    scope: ScopeId,
) -> Eval<'a> {
    let found = list(machine, item, generators, scope)?;
    Ok(match items::of(machine, &found)? {
        Some(all) => Value::set(all),
        None => found,
    })
}

/// `{key: value for … in …}`
pub(super) fn dict<'a>(
    machine: &mut Machine<'a>,
    it: &'a ExprDictComp,
    scope: ScopeId,
) -> Eval<'a> {
    let mut out = Dict::default();
    let unknown = each(machine, &it.generators, scope, &mut |machine, scope| {
        let value = expression::value(machine, &it.value, scope)?;
        match (&it.key, &value) {
            (Some(key), _) => {
                let key = expression::value(machine, key, scope)?;
                out.insert(key, value);
            }
            (None, Value::Dict(more)) => {
                let more = more.borrow();
                more.iter().for_each(|(key, it)| out.insert(key.clone(), it.clone()));
            }
            (None, _) => out.insert(value.clone(), value),
        }
        Ok(())
    })?;
    Ok(unknown.unwrap_or_else(|| Value::dict(out)))
}

type Body<'b, 'a> = &'b mut dyn FnMut(&mut Machine<'a>, ScopeId) -> Result<(), Stop<'a>>;

/// Runs `body` for every combination; gives what is not known when that decides what there is.
fn each<'a>(
    machine: &mut Machine<'a>,
    generators: &'a [Comprehension],
    scope: ScopeId,
    body: Body<'_, 'a>,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    let inner = machine.scopes.inner(scope, Kind::Comprehension);
    let mut turns = 0;
    combine(machine, generators, inner, &mut turns, body)
}

fn combine<'a>(
    machine: &mut Machine<'a>,
    generators: &'a [Comprehension],
    scope: ScopeId,
    turns: &mut usize,
    body: Body<'_, 'a>,
) -> Result<Option<Value<'a>>, Stop<'a>> {
    let Some((first, rest)) = generators.split_first() else {
        return body(machine, scope).map(|()| None);
    };
    let iterated = expression::value(machine, &first.iter, scope)?;
    let Some(all) = items::of(machine, &iterated)? else { return Ok(Some(iterated)) };
    'next: for item in all {
        machine.spend(1)?;
        *turns += 1;
        if *turns > MAX_ITEMS {
            return Err(Stop::TooMuch(machine.at, "it makes a list that is too long"));
        }
        assign::target(machine, &first.target, item, scope)?;
        for test in &first.ifs {
            let test = expression::value(machine, test, scope)?;
            match operator::truth(machine, &test)? {
                Some(true) => {}
                Some(false) => continue 'next,
                None => return Ok(Some(test)),
            }
        }
        if let Some(unknown) =
            machine.nested(|machine| combine(machine, rest, scope, turns, body))?
        {
            return Ok(Some(unknown));
        }
    }
    Ok(None)
}
