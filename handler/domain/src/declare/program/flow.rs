//! The flow of a deployment that a file in Python registers.

use serde_json::{Value, json};

use super::start::Start;
use crate::declare::{Context, pull};
use crate::diagnostic::Diagnostic;
use crate::evaluate::{Api, Captured};
use crate::python::{FlowFacts, Packages, Worker};

/// What is known of the flow: from its function, and what the file says otherwise.
pub(super) fn facts(
    context: &Context<'_>,
    it: &Captured,
    found: &mut Vec<Diagnostic>,
) -> Option<FlowFacts> {
    let flow = &it.flow;
    let read = match &flow.file {
        Some(file) => {
            let (facts, faults) =
                context.flows.borrow_mut().evaluated(file, &flow.function, &flow.known);
            found.extend(faults);
            Some(facts?)
        }
        None => None,
    };
    let schema = read.as_ref().map(|it| it.parameter_openapi_schema.clone());
    Some(FlowFacts {
        function: flow.function.clone(),
        name: flow.name.clone().or_else(|| Some(read.as_ref()?.name.clone()))?,
        description: flow.description.clone().or_else(|| read.as_ref()?.description.clone()),
        version: flow
            .version
            .clone()
            .or_else(|| Some(read.as_ref()?.version.clone()))
            .unwrap_or_default(),
        parameter_openapi_schema: schema
            .unwrap_or_else(|| json!({"title": "Parameters", "type": "object", "properties": {}})),
        at: read.map_or_else(|| it.at.clone(), |it| it.at),
    })
}

/// What a worker stumbles over that starts where the entrypoint starts. A file for agents is run where its flow can be
/// imported, whatever the image of the runs has.
pub(super) fn stumbles(context: &Context<'_>, it: &Captured, start: &Start) -> Vec<Diagnostic> {
    let entry = start.entrypoint.as_ref().unwrap_or(&it.flow.entrypoint);
    let entry = entry.rsplit_once(':').map(|(file, _)| file.trim_start_matches("./"));
    let start = it.flow.file.as_deref().zip(entry).and_then(|(file, it)| file.strip_suffix(it));
    match start.filter(|it| it.is_empty() || it.ends_with('/')) {
        Some(start) => {
            let variables = it.fields.get("job_variables").and_then(Value::as_object);
            let in_image = it.builds || pull::names_image(variables);
            let packages =
                if in_image && it.api != Api::Legacy { Packages::Image } else { Packages::Beside };
            let worker = Worker { start, packages };
            let (file, function) = (it.flow.file.as_deref().unwrap_or_default(), &it.flow.function);
            context.flows.borrow_mut().stumbles(file, function, worker)
        }
        None => Vec::new(),
    }
}
