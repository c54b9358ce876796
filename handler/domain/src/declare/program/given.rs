//! Schedules, triggers and parameters that a file in Python states, read as those of a prefect.yaml.

use std::collections::BTreeSet;

use serde_json::Value;

use super::places::Places;
use crate::declare::fields::Fields;
use crate::declare::schedule::Written;
use crate::declare::template::Found;
use crate::declare::{Context, parameters, schedule, trigger};
use crate::desired::{Automation, BlockRef, Field, Schedule};
use crate::diagnostic::Diagnostic;
use crate::evaluate::Captured;
use crate::python::FlowFacts;
use crate::yaml::{Mark, Node};

/// What a deployment is given besides plain fields.
pub(super) struct Read {
    pub(super) schedules: Option<Vec<Schedule>>,
    pub(super) automations: Vec<Automation>,
    pub(super) blocks: BTreeSet<BlockRef>,
    pub(super) found: Vec<Diagnostic>,
}

/// The deployment that is read: of which flow, with which fields.
type Case<'a> = (&'a Captured, &'a FlowFacts, &'a Fields);

/// What `it` is given, and what is wrong with it, at the arguments where the file has them.
pub(super) fn read(context: &Context<'_>, case: Case<'_>, places: &Places) -> Read {
    let (mark, entry) = (Mark { line: case.0.at.line, column: case.0.at.column }, entry(case.0));
    let plain = of(context, &Node::of_json(mark, &entry), case);
    if plain.found.is_empty() {
        return plain;
    }
    of(context, &places.located(context, mark, &entry), case)
}

/// The schedules and triggers of `entry`, and what is wrong with them and with its parameters.
fn of(context: &Context<'_>, entry: &Node, (it, facts, fields): Case<'_>) -> Read {
    let (mut diagnostics, mut blocks) = (Vec::new(), BTreeSet::new());
    let schedules = schedule::read(context, (entry, Written::Object), &mut diagnostics);
    let mut found = Found { diagnostics: &mut diagnostics, blocks: &mut blocks };
    let automations = trigger::read(context, &it.name, entry, &mut found);
    // an object that is made without its flow is registered with no schema
    let schema = fields.values.get(&Field::ParameterSchema);
    let enforced =
        schema == Some(&facts.parameter_openapi_schema) && parameters::is_enforced(context, fields);
    let active = schedules.as_deref().unwrap_or_default();
    let case = parameters::Case { flow: facts, enforced, schedules: active };
    // of a flow that is not in the bundle no parameter is known
    if it.flow.file.is_some() {
        parameters::check(context, entry, &case, &mut diagnostics);
    }
    Read { schedules, automations, blocks, found: diagnostics }
}

/// Schedules, triggers and parameters in the vocabulary of a prefect.yaml, whose reader checks them.
fn entry(it: &Captured) -> Value {
    let mut out = serde_json::Map::new();
    if let Some(schedules) = &it.schedules {
        out.insert("schedules".into(), schedules.clone().into());
    }
    if let Some(parameters) = it.fields.get("parameters") {
        out.insert("parameters".into(), parameters.clone());
    }
    out.insert("triggers".into(), it.triggers.clone().into());
    out.into()
}
