//! What an overlay makes of one deployment.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::file::Change;
use crate::declare::strict::Strict;
use crate::declare::{Context, parameters};
use crate::desired::{Deployment, Field};
use crate::diagnostic::{Diagnostic, rules};
use crate::python::FlowFacts;
use crate::yaml::Node;

/// Makes the change; what it states is declared then.
pub(super) fn make(
    strict: Strict<'_, '_>,
    change: &Change,
    it: &mut Deployment,
    found: &mut Vec<Diagnostic>,
) {
    found.extend(impossible(strict, change, it));
    let text = |it: &Option<String>| it.clone().map(Value::from);
    replace(it, Field::WorkPool, text(&change.work_pool));
    replace(it, Field::WorkQueue, text(&change.work_queue));
    state(it, Field::Paused, change.paused.map(Value::from));
    let parameters = merged(it.fields.get(&Field::Parameters), &change.parameters, shallow);
    state(it, Field::Parameters, parameters);
    let variables = merged(it.fields.get(&Field::JobVariables), &change.job_variables, deep);
    state(it, Field::JobVariables, variables);
    if let Some(old) = it.registered.get(&Field::JobVariables) {
        let new = merged(Some(old), &change.job_variables, deep);
        it.registered.extend(new.map(|new| (Field::JobVariables, new)));
    }
    let stated = change.node.get("job_variables").into_iter().flat_map(Node::entries);
    let stated = stated.chain(change.node.entry("image"));
    let at = stated.map(|it| (it.key.clone(), strict.context.at(it.at)));
    it.variables_at.extend(at);
    if let Some(schedules) = &change.schedules {
        it.schedules = Some(schedules.clone());
    }
    state(it, Field::Tags, tags(change, it));
}

fn state(it: &mut Deployment, field: Field, value: Option<Value>) {
    if let Some(value) = value {
        it.fields.insert(field, value);
        it.declared.insert(field);
    }
}

/// The same of what would be registered as something else, as the queue of an agent is.
fn replace(it: &mut Deployment, field: Field, value: Option<Value>) {
    if value.is_some() {
        it.registered.remove(&field);
    }
    state(it, field, value);
}

/// What agents of Prefect 2 would not heed.
fn impossible(strict: Strict<'_, '_>, change: &Change, it: &Deployment) -> Option<Diagnostic> {
    if !it.agent || strict.context.settings.dialect.is_three() {
        return None;
    }
    let name = format!("{}/{}", it.flow, it.name);
    if change.work_pool.is_some() {
        let message = format!("`{name}` is for agents, which have no `work_pool`");
        return Some(strict.error(change.node.at, message).hint("give it a `work_queue`"));
    }
    let has_block = it.registered.contains_key(&Field::Infrastructure);
    (!change.job_variables.is_empty() && !has_block).then(|| {
        let message = format!(
            "`{name}` has no infrastructure block: its agent would not heed `image` and `job_variables`"
        );
        let hint = "give the deployment an infrastructure in its file";
        strict.error(change.node.at, message).hint(hint)
    })
}

fn tags(change: &Change, it: &Deployment) -> Option<Value> {
    if change.tags.is_none() && change.add_tags.is_empty() {
        return None;
    }
    let own = || it.fields.get(&Field::Tags).and_then(Value::as_array).cloned().unwrap_or_default();
    let mut seen = BTreeSet::new();
    let mut all = change.tags.clone().unwrap_or_else(own);
    all.extend(change.add_tags.clone());
    all.retain(|it| seen.insert(it.to_string()));
    Some(all.into())
}

/// `old` with `new` put in by `put`; `None` when there is nothing new.
fn merged(
    old: Option<&Value>,
    new: &Map<String, Value>,
    put: fn(&mut Map<String, Value>, &Map<String, Value>),
) -> Option<Value> {
    let mut out = old.and_then(Value::as_object).cloned().unwrap_or_default();
    put(&mut out, new);
    (!new.is_empty()).then(|| out.into())
}

/// A parameter is a whole.
fn shallow(into: &mut Map<String, Value>, new: &Map<String, Value>) {
    into.extend(new.clone());
}

/// Mappings in both are merged: one more entry of `env` leaves the others.
fn deep(into: &mut Map<String, Value>, new: &Map<String, Value>) {
    for (key, value) in new {
        match (into.get_mut(key), value) {
            (Some(Value::Object(old)), Value::Object(new)) => deep(old, new),
            _ => drop(into.insert(key.clone(), value.clone())),
        }
    }
}

/// What is wrong with the parameters of `it` after all of `changes`, and of what was `told` before only what is still true.
pub(super) fn check(
    context: &Context<'_>,
    changes: &[&Change],
    it: &Deployment,
    (told, found): (&mut Vec<Diagnostic>, &mut Vec<Diagnostic>),
) {
    let touches = |it: &&&Change| !it.parameters.is_empty() || it.schedules.is_some();
    let changes: Vec<&&Change> = changes.iter().filter(touches).collect();
    let Some(schema) = it.fields.get(&Field::ParameterSchema).filter(|_| !changes.is_empty())
    else {
        return;
    };
    let flow = FlowFacts {
        function: String::new(),
        name: it.flow.clone(),
        description: None,
        version: String::new(),
        parameter_openapi_schema: schema.clone(),
        at: it.function.clone().unwrap_or_else(|| it.at.clone()),
    };
    let flag = |field| it.fields.get(&field).and_then(Value::as_bool).unwrap_or_default();
    let live = it.schedules.as_deref().filter(|_| !flag(Field::Paused)).unwrap_or_default();
    let enforced = flag(Field::EnforceParameterSchema);
    let case = parameters::Case { flow: &flow, enforced, schedules: live };
    for change in changes {
        parameters::given(context, &change.node, &case, found);
    }
    // the overlay may give what was missing, or take away the schedule
    let is_of = |at| it.schedules.iter().flatten().any(|it| it.at == at);
    let is_here = |it: &Diagnostic| it.code == rules::MISSING_PARAMETER.code;
    told.retain(|it| !(is_here(it) && is_of(it.at.clone())));
    let all = it.fields.get(&Field::Parameters).cloned().unwrap_or_default();
    parameters::missing(&all, &case, found);
}
