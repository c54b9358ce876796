//! What evaluating a module tells of its flows: names and defaults that cannot be read off their source.

use std::collections::BTreeMap;
use std::rc::Rc;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, Parameters};

use super::class::Class;
use super::function::{Code, Function};
use super::instances::holds_other;
use super::machine::Machine;
use super::prefect::Flow;
use super::scope::{Kind, Scope};
use super::sources::Sources;
use super::value::Value;
use super::{Settings, flow_texts, import, json, loading};
use crate::python::{EvaluatedCode, EvaluatedDefault, EvaluatedFlow, EvaluatedModule};
use crate::stack;
use crate::tree::Tree;

/// Most values of a default that are looked at.
const MAX_LOOKED: usize = 10_000;

/// Longest default that is written out, in bytes of JSON.
const MAX_SHOWN: usize = 64 * 1024;

/// The flows of the module `path` by their qualified names.
pub(crate) fn flows(tree: &Tree, path: &str, settings: &Settings) -> EvaluatedModule {
    let of_module = || of_module(&Sources::new(tree), path, settings);
    stack::roomy(of_module).flatten().unwrap_or(EvaluatedModule { fails: true, ..<_>::default() })
}

fn of_module<'a>(
    sources: &'a Sources<'a>,
    path: &str,
    settings: &'a Settings,
) -> Option<EvaluatedModule> {
    let mut out = EvaluatedModule::default();
    let id = sources.find(path)?;
    let mut machine = Machine::new(sources, settings, id);
    machine.strict = true;
    // Prefect looks in the folder above, too, for what a file that it does not run imports
    machine.search.add(import::ancestor(path, 2));
    let Ok(Value::Module(id)) = loading::loaded(&mut machine, id) else { return None };
    let scope = machine.modules.get(&id).and_then(|it| machine.scopes.get(*it));
    let mut next: Vec<(String, Value<'a>)> = scope.map(|it| named("", it)).unwrap_or_default();
    while let Some((name, value)) = next.pop() {
        match value {
            Value::Flow(it) if it.function.is_some() => {
                out.flows.insert(name, known(&mut machine, &it));
            }
            Value::Unknown(_) => drop(out.unknown.insert(name)),
            Value::Function(it) if it.is_doubtful.get() => drop(out.unknown.insert(name)),
            // what an own class below that of Prefect makes of a function
            Value::Instance(it) if is_below_flow(&it.class) => drop(out.unknown.insert(name)),
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
    Some(out)
}

fn is_below_flow(class: &Class<'_>) -> bool {
    class.is_below("prefect.Flow") || class.is_below("prefect.flows.Flow")
}

/// The names of a scope with what they are bound to.
fn named<'a>(prefix: &str, it: &Scope<'a>) -> Vec<(String, Value<'a>)> {
    it.values.iter().map(|(name, it)| (format!("{prefix}{name}"), it.clone())).collect()
}

/// What is known of one flow.
pub(super) fn known<'a>(machine: &mut Machine<'a>, it: &Rc<Flow<'a>>) -> EvaluatedFlow {
    let mut out = EvaluatedFlow {
        name: flow_texts::of(it, "name"),
        version: flow_texts::of(it, "version"),
        description: flow_texts::of(it, "description"),
        defaults: BTreeMap::new(),
        code: None,
    };
    let Some(function) = it.function.as_ref().map(Function::innermost) else { return out };
    if let Some(outer) = &it.function {
        flow_texts::say_changed(&mut out, outer, &function);
    }
    let described = match it.setting("__wrapped__") {
        // what it wraps gives a flow its parameters only: by then it has its name
        Some(Value::Function(wrapped)) => {
            flow_texts::say_own(&mut out, &function);
            wrapped.innermost()
        }
        _ => function,
    };
    out.code = it.function.as_ref().and_then(|it| code(machine, it, &described));
    // a schema is pydantic's own, whatever the client of Prefect makes of values
    let strict = std::mem::replace(&mut machine.strict, true);
    for (name, value) in described.defaults.clone() {
        // what a model makes of its arguments is pydantic's affair
        let is_model = holds_model(&value, &mut { MAX_LOOKED });
        let default = if is_model { EvaluatedDefault::Unknown } else { shown(machine, &value) };
        let default = match default {
            EvaluatedDefault::Unknown if is_local(machine, &described, name) => {
                EvaluatedDefault::Local
            }
            known => known,
        };
        out.defaults.insert(name.to_owned(), default);
    }
    machine.strict = strict;
    out
}

/// Where the code of a flow is, which has the parameters of `described`.
fn code<'a>(
    machine: &Machine<'a>,
    it: &Function<'a>,
    described: &Function<'a>,
) -> Option<EvaluatedCode> {
    let path = |it: &Function<'a>| machine.sources.path(it.file).to_owned();
    let Code::Def(def) = described.code else { return None };
    let scopes = functions_around(machine, described);
    let around = scopes.flat_map(|it| it.values.keys().map(ToString::to_string)).collect();
    let is_inside = functions_around(machine, described).next().is_some();
    Some(EvaluatedCode {
        file: path(it),
        described: (path(described), def.range.start()),
        is_inside,
        around,
    })
}

/// The calls that `it` is defined in.
fn functions_around<'m, 'a>(
    machine: &'m Machine<'a>,
    it: &Function<'a>,
) -> impl Iterator<Item = &'m Scope<'a>> {
    let first = machine.scopes.get(it.closure());
    let all = std::iter::successors(first, |it| machine.scopes.get(it.outer?));
    all.filter(|it| matches!(it.kind, Kind::Function(_)))
}

/// Whether the default of the parameter `name` says something that only a call around the function knows.
fn is_local<'a>(machine: &Machine<'a>, it: &Function<'a>, name: &str) -> bool {
    let Some(expr) = it.parameters().and_then(|it| default_of(it, name)) else { return false };
    let mut names = Names(Vec::new());
    names.visit_expr(expr);
    functions_around(machine, it)
        .any(|scope| names.0.iter().any(|name| scope.values.contains_key(*name)))
}

fn default_of<'a>(all: &'a Parameters, name: &str) -> Option<&'a Expr> {
    let mut all = all.iter_non_variadic_params();
    all.find(|it| it.name().as_str() == name)?.default()
}

/// The names that an expression says.
struct Names<'e>(Vec<&'e str>);

impl<'e> Visitor<'e> for Names<'e> {
    fn visit_expr(&mut self, expr: &'e Expr) {
        if let Expr::Name(it) = expr {
            self.0.push(it.id.as_str());
        }
        visitor::walk_expr(self, expr);
    }
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
pub(super) fn is_shown(json: &str) -> bool {
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
