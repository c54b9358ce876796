//! The names of modules of the bundle.

use std::rc::Rc;

use super::find;
use crate::diagnostic::near_miss;
use crate::evaluate::dict::Dict;
use crate::evaluate::loading::run;
use crate::evaluate::machine::{Eval, Machine};
use crate::evaluate::scope::{ModuleId, ScopeId};
use crate::evaluate::value::Value;
use crate::evaluate::{attribute, optional};

/// A name of a module, or a module in a package.
pub(super) fn member<'a>(
    machine: &mut Machine<'a>,
    source: &Value<'a>,
    from: &str,
    name: &str,
    scope: ScopeId,
) -> Eval<'a> {
    let Value::Module(id) = source else {
        optional::name(machine, from, name, scope)?;
        return attribute::get(machine, source, name);
    };
    let bound = machine.modules.get(id).and_then(|it| machine.scopes.get(*it));
    if let Some(value) = bound.and_then(|it| it.values.get(name)) {
        return Ok(value.clone());
    }
    let dot = if from.ends_with('.') { "" } else { "." };
    if let Some(id) = find(machine, &format!("{from}{dot}{name}"), scope) {
        return run(machine, id).map(|()| Value::Module(id));
    }
    let has_getattr = bound_in(machine, *id, "__getattr__");
    if has_getattr || machine.partial.contains(id) {
        let what = format!("`{name}` of `{from}`");
        return Ok(match machine.sources.faults(*id).first() {
            Some(it) => {
                let hint = format!("`{}` cannot be read: {}", it.at.file, it.message);
                machine.unknown_with(what, hint)
            }
            None => machine.unknown(what),
        });
    }
    let path = machine.sources.path(*id);
    let hint = at_hand(machine, *id, name);
    let message = format!("cannot import name '{name}' from '{from}' ({path})");
    machine.raise_with("ImportError", message, hint)
}

/// What the module has instead of `name`: the near miss, or its flows.
fn at_hand(machine: &Machine<'_>, id: ModuleId, name: &str) -> String {
    let scope = machine.modules.get(&id).and_then(|it| machine.scopes.get(*it));
    let Some(scope) = scope else { return String::new() };
    if let Some(near) = near_miss(name, scope.names.iter().map(|it| &**it)) {
        return format!("did you mean `{near}`?");
    }
    let is_flow = |it: &&Rc<str>| matches!(scope.values.get(&***it), Some(Value::Flow(_)));
    let flows: Vec<String> =
        scope.names.iter().filter(is_flow).take(10).map(|it| format!("`{it}`")).collect();
    if flows.is_empty() {
        return "it has no flow".to_owned();
    }
    format!("its flows are {}", flows.join(", "))
}

fn bound_in(machine: &Machine<'_>, id: ModuleId, name: &str) -> bool {
    let scope = machine.modules.get(&id).and_then(|it| machine.scopes.get(*it));
    scope.is_some_and(|it| it.values.contains_key(name))
}

/// `from a import *`: what `__all__` lists, else what does not start with an underscore.
pub(super) fn star<'a>(machine: &mut Machine<'a>, source: &Value<'a>, scope: ScopeId) {
    match source {
        Value::Module(id) => {
            let Some(from) = machine.modules.get(id).and_then(|it| machine.scopes.get(*it)) else {
                return;
            };
            let listed = match from.values.get("__all__") {
                Some(Value::List(it)) => Some(it.borrow().clone()),
                Some(Value::Tuple(it)) => Some(it.to_vec()),
                _ => None,
            };
            let listed =
                listed.map(|it| it.iter().filter_map(|it| it.as_text().cloned()).collect());
            let public =
                || from.names.iter().filter(|it| !it.starts_with('_')).map(Rc::clone).collect();
            let names: Vec<Rc<str>> = listed.unwrap_or_else(public);
            let found: Vec<_> = names
                .into_iter()
                .filter_map(|it| from.values.get(&it).cloned().map(|value| (it, value)))
                .collect();
            for (name, value) in found {
                machine.scopes.bind(scope, &name, value);
            }
        }
        Value::Outside(name) => {
            let name = Rc::clone(name);
            machine.stars.push((scope, name));
        }
        _ => {}
    }
}

/// What `module.name` gives: a name of the module, or a module in the package.
pub(in crate::evaluate) fn attribute<'a>(
    machine: &mut Machine<'a>,
    id: ModuleId,
    name: &str,
) -> Eval<'a> {
    let bound = machine.modules.get(&id).and_then(|it| machine.scopes.get(*it));
    if let Some(value) = bound.and_then(|it| it.values.get(name)) {
        return Ok(value.clone());
    }
    if name == "__dict__" {
        return Ok(Value::dict(names(machine, id)));
    }
    let path = machine.sources.path(id);
    if let Some(folder) = path.strip_suffix("__init__.py") {
        let files = [format!("{folder}{name}/__init__.py"), format!("{folder}{name}.py")];
        if let Some(id) = files.iter().find_map(|it| machine.sources.find(it)) {
            return run(machine, id).map(|()| Value::Module(id));
        }
    }
    if machine.partial.contains(&id) {
        return Ok(machine.unknown(format!("`{name}` of {path}")));
    }
    machine.raise("AttributeError", format!("module '{path}' has no attribute '{name}'"))
}

/// `__name__` of a module.
pub(in crate::evaluate) fn name_of<'a>(machine: &Machine<'a>, id: ModuleId) -> Value<'a> {
    let scope = machine.modules.get(&id).and_then(|it| machine.scopes.get(*it));
    scope.and_then(|it| it.values.get("__name__").cloned()).unwrap_or(Value::None)
}

/// The names of a module and what they are bound to.
fn names<'a>(machine: &Machine<'a>, id: ModuleId) -> Dict<'a> {
    let scope = machine.modules.get(&id).and_then(|it| machine.scopes.get(*it));
    let pairs = scope.into_iter().flat_map(|it| {
        it.names
            .iter()
            .filter_map(|name| Some((Value::Text(Rc::clone(name)), it.values.get(name)?.clone())))
    });
    pairs.collect()
}
