//! What evaluating a module tells of its flows: names and defaults that cannot be read off their source.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::machine::Machine;
use super::prefect::Flow;
use super::sources::Sources;
use super::value::Value;
use super::{Settings, import, json, stack};
use crate::python::{Default, Known};
use crate::tree::Tree;

/// The flows of the module `path` by their qualified names.
pub(crate) fn flows(tree: &Tree, path: &str, settings: &Settings) -> BTreeMap<String, Known> {
    stack::roomy(|| of_module(&Sources::new(tree), path, settings)).unwrap_or_default()
}

fn of_module<'a>(
    sources: &'a Sources<'a>,
    path: &str,
    settings: &'a Settings,
) -> BTreeMap<String, Known> {
    let mut out = BTreeMap::new();
    let Some(id) = sources.find(path) else { return out };
    let mut machine = Machine::new(sources, settings, id);
    let Ok(module) = import::loaded(&mut machine, id) else { return out };
    let Value::Module(id) = module else { return out };
    let scope = machine.modules.get(&id).and_then(|it| machine.scopes.get(*it));
    let mut next: Vec<Value<'a>> =
        scope.map(|it| it.values.values().cloned().collect()).unwrap_or_default();
    while let Some(value) = next.pop() {
        match value {
            Value::Flow(it) => {
                if let Some(function) = &it.function {
                    out.insert(function.qualified.to_string(), known(&mut machine, &it));
                }
            }
            Value::Descriptor(_, it) => next.push((*it).clone()),
            Value::Class(it) if it.file == id => {
                let scope = machine.scopes.get(it.scope);
                next.extend(scope.into_iter().flat_map(|it| it.values.values().cloned()));
            }
            _ => {}
        }
    }
    out
}

/// What is known of one flow.
pub(super) fn known<'a>(machine: &mut Machine<'a>, it: &Rc<Flow<'a>>) -> Known {
    let text = |name: &str| it.setting(name).and_then(|it| it.as_text().map(ToString::to_string));
    let mut out = Known {
        name: text("name"),
        version: text("version"),
        description: text("description"),
        defaults: BTreeMap::new(),
    };
    let defaults = it.function.as_ref().map(|it| it.defaults.clone()).unwrap_or_default();
    for (name, value) in defaults {
        let default = match json::to_json(machine, &value) {
            Ok(Ok(json)) => Default::Json(json),
            Ok(Err(_)) if holds_unknown(&value) => Default::Unknown,
            _ => Default::NoJson,
        };
        out.defaults.insert(name.to_owned(), default);
    }
    out
}

fn holds_unknown(it: &Value<'_>) -> bool {
    !matches!(
        it,
        Value::Function(_) | Value::Class(_) | Value::Object(_) | Value::Flow(_) | Value::Module(_)
    )
}
