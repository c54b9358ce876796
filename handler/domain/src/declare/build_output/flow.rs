//! The flow that was built into the file, as the bundle has it now.

use serde_json::Value;

use crate::declare::fields::Fields;
use crate::declare::legacy::Placed;
use crate::declare::{Context, entrypoint, parameters};
use crate::desired::{Field, Schedule};
use crate::diagnostic::{Diagnostic, rules};
use crate::json::same;
use crate::python::{FlowFacts, Packages, Worker};
use crate::yaml::Node;

/// What the file says.
pub(super) struct Built<'a> {
    pub(super) root: &'a Node,
    /// Of the flow.
    pub(super) name: &'a str,
    /// The entrypoint.
    pub(super) entry: &'a str,
    pub(super) fields: &'a Fields,
    pub(super) schedules: &'a [Schedule],
}

/// The flow in the bundle, which must be there when its code is what is staged; and what a worker stumbles over.
pub(super) fn facts(
    context: &Context<'_>,
    built: &Built<'_>,
    (folder, placed): (&str, &Placed),
    found: &mut Vec<Diagnostic>,
) -> Option<FlowFacts> {
    let at = built.root.get("entrypoint").map_or(built.root.at, |it| it.at);
    let inside = built.entry.trim_start_matches("./");
    let here = inside
        .rsplit_once(':')
        .is_some_and(|(file, _)| context.tree.contains(&format!("{folder}{file}")));
    // code of a repository or of an image need not be in the bundle
    if !here && !placed.is_staged() {
        return None;
    }
    let find = if placed.is_set_aside() { entrypoint::find_copy } else { entrypoint::find };
    let target = find(context, &format!("{folder}{inside}"), at, found)?;
    let mut flows = context.flows.borrow_mut();
    let (facts, faults) = flows.flow(&target.path, &target.function);
    found.extend(faults.into_iter().map(|it| entrypoint::placed(context, at, it)));
    // the command that writes the file imports the flow, too
    let worker = Worker { start: folder, packages: Packages::Beside };
    found.extend(flows.stumbles(&target.path, &target.function, worker));
    facts
}

/// What the file says of its flow against the flow; the schema of the flow, where it is not the one in the file.
pub(super) fn check(
    context: &Context<'_>,
    built: &Built<'_>,
    flow: &FlowFacts,
    found: &mut Vec<Diagnostic>,
) -> Option<Value> {
    if flow.name != built.name {
        let at = built.root.get("flow_name").map_or(built.root.at, |it| it.at);
        let message = format!(
            "`{}` is the flow `{}`, and its runs are those of `{}`",
            built.entry, flow.name, built.name
        );
        let hint = "build the file again, or correct `flow_name`";
        found.push(context.warning(rules::STALE_FLOW_NAME, at, message).hint(hint));
    }
    let enforced = parameters::is_enforced(context, built.fields);
    let case = parameters::Case { flow, enforced, schedules: built.schedules };
    parameters::check(context, built.root, &case, found);
    let extracted = &flow.parameter_openapi_schema;
    let declared = built.fields.values.get(&Field::ParameterSchema);
    if declared.is_some_and(|it| same(it, &without_empty(extracted))) {
        return None;
    }
    if declared.is_some() {
        let at = built.root.entry("parameter_openapi_schema").map_or(built.root.at, |it| it.at);
        let message = format!(
            "the schema in this file is not that of `{}`, which is registered instead",
            built.entry
        );
        let hint = "build the file again, or remove `parameter_openapi_schema`";
        found.push(context.warning(rules::STALE_SCHEMA, at, message).hint(hint));
    }
    Some(extracted.clone())
}

/// `required` and `definitions` are null in the file where there are none.
pub(super) fn without_empty(schema: &Value) -> Value {
    let mut out = schema.clone();
    if let Some(map) = out.as_object_mut() {
        map.retain(|key, it| {
            let empty = match &*it {
                Value::Null => true,
                Value::Array(list) => list.is_empty(),
                Value::Object(map) => map.is_empty(),
                _ => false,
            };
            !(empty && matches!(key.as_str(), "required" | "definitions"))
        });
    }
    out
}
