//! What evaluating a module tells of its flows: names and defaults that cannot be read off their source.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::instances::holds_other;
use super::machine::Machine;
use super::prefect::Flow;
use super::scope::Scope;
use super::sources::Sources;
use super::value::Value;
use super::{Settings, import, json, loading, stack};
use crate::python::{EvaluatedDefault, EvaluatedFlow};
use crate::tree::Tree;

/// Most values of a default that are looked at.
const MAX_LOOKED: usize = 10_000;

/// Longest default that is written out, in bytes of JSON.
const MAX_SHOWN: usize = 64 * 1024;

/// The flows of the module `path` by their qualified names.
pub(crate) fn flows(
    tree: &Tree,
    path: &str,
    settings: &Settings,
) -> BTreeMap<String, EvaluatedFlow> {
    stack::roomy(|| of_module(&Sources::new(tree), path, settings)).unwrap_or_default()
}

fn of_module<'a>(
    sources: &'a Sources<'a>,
    path: &str,
    settings: &'a Settings,
) -> BTreeMap<String, EvaluatedFlow> {
    let mut out = BTreeMap::new();
    let Some(id) = sources.find(path) else { return out };
    let mut machine = Machine::new(sources, settings, id);
    machine.strict = true;
    // Prefect looks in the folder above, too, for what a file that it does not run imports
    machine.search.add(import::ancestor(path, 2));
    let Ok(module) = loading::loaded(&mut machine, id) else { return out };
    let Value::Module(id) = module else { return out };
    let scope = machine.modules.get(&id).and_then(|it| machine.scopes.get(*it));
    let mut next: Vec<(String, Value<'a>)> = scope.map(|it| named("", it)).unwrap_or_default();
    while let Some((name, value)) = next.pop() {
        match value {
            // a function that another name calls a flow is none by its own
            Value::Flow(it) if it.function.as_ref().is_some_and(|it| *it.qualified == *name) => {
                out.insert(name, known(&mut machine, &it));
            }
            Value::Descriptor(_, it) => next.push((name, (*it).clone())),
            Value::Class(it) if it.file == id && it.qualified.len() < 200 => {
                let scope = machine.scopes.get(it.scope);
                next.extend(
                    scope
                        .map(|scope| named(&format!("{}.", it.qualified), scope))
                        .into_iter()
                        .flatten(),
                );
            }
            _ => {}
        }
    }
    out
}

/// The names of a scope with what they are bound to.
fn named<'a>(prefix: &str, it: &Scope<'a>) -> Vec<(String, Value<'a>)> {
    it.values.iter().map(|(name, it)| (format!("{prefix}{name}"), it.clone())).collect()
}

/// What is known of one flow.
pub(super) fn known<'a>(machine: &mut Machine<'a>, it: &Rc<Flow<'a>>) -> EvaluatedFlow {
    let text = |name: &str| {
        it.setting(name)
            .and_then(|it| it.as_text().map(ToString::to_string).filter(|it| is_shown(it)))
    };
    let mut out = EvaluatedFlow {
        name: text("name"),
        version: text("version"),
        description: text("description"),
        defaults: BTreeMap::new(),
    };
    let function = it.function.as_ref().map(super::function::Function::innermost);
    let defaults = function.map(|it| it.defaults.clone()).unwrap_or_default();
    // a schema is pydantic's own, whatever the client of Prefect makes of values
    let strict = std::mem::replace(&mut machine.strict, true);
    for (name, value) in defaults {
        // what a model makes of its arguments is pydantic's affair
        let is_model = holds_model(&value, &mut { MAX_LOOKED });
        let default = if is_model { EvaluatedDefault::Unknown } else { shown(machine, &value) };
        out.defaults.insert(name.to_owned(), default);
    }
    machine.strict = strict;
    out
}

/// How a schema shows `value`.
pub(super) fn shown<'a>(machine: &mut Machine<'a>, value: &Value<'a>) -> EvaluatedDefault {
    match json::to_json(machine, value) {
        _ if holds_other(value, &mut { MAX_LOOKED }) => EvaluatedDefault::Unknown,
        Ok(Ok(json)) if is_shown(&json.to_string()) => EvaluatedDefault::Json(json),
        Ok(Ok(_)) => EvaluatedDefault::Unknown,
        Ok(Err(_)) if holds_unknown(value) => EvaluatedDefault::Unknown,
        _ => EvaluatedDefault::NoJson,
    }
}

fn holds_unknown(it: &Value<'_>) -> bool {
    !matches!(
        it,
        Value::Function(_) | Value::Class(_) | Value::Object(_) | Value::Flow(_) | Value::Module(_)
    )
}

/// Whether a default is written out; what a class is called there, and whether something is one, is not known here.
fn is_shown(json: &str) -> bool {
    json.len() <= MAX_SHOWN && !json.contains("<class '")
}

/// Looks at `left` values at most; what is larger is not known either.
fn holds_model(it: &Value<'_>, left: &mut usize) -> bool {
    if *left == 0 {
        return true;
    }
    *left -= 1;
    match it {
        Value::Instance(it) => it.class.is_data(),
        Value::List(it) => it.borrow().iter().any(|it| holds_model(it, left)),
        Value::Tuple(it) => it.iter().any(|it| holds_model(it, left)),
        Value::Dict(it) => it.borrow().iter().any(|(_, it)| holds_model(it, left)),
        _ => false,
    }
}
