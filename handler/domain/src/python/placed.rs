//! Defaults that hold the path of the bundle: it lies elsewhere where a flow is deployed, and where it runs.

use serde_json::Value;

use super::{FlowFacts, Reading};
use crate::diagnostic::{Diagnostic, rules};

/// What is said of the defaults of `flow` that hold the path that the bundle is taken to lie at.
pub(super) fn told(flow: &FlowFacts, reading: &Reading) -> Vec<Diagnostic> {
    let root = reading.evaluation().root();
    let properties = flow.parameter_openapi_schema.get("properties").and_then(Value::as_object);
    let placed = properties
        .into_iter()
        .flatten()
        .filter(|(_, it)| it.get("default").is_some_and(|it| holds(it, &root)));
    let tell = |name: &String| {
        let message = format!(
            "the default of `{name}` depends on where the bundle lies, not known here; it is shown as if that were `{root}`"
        );
        let hint =
            "use None for the default and make the path in the flow, or set it under `parameters`";
        Diagnostic::warning(rules::ENVIRONMENT_DEFAULT, flow.at.clone(), message).hint(hint)
    };
    placed.map(|(name, _)| tell(name)).collect()
}

/// Whether a text in `value` is `root`, or a path in it.
fn holds(value: &Value, root: &str) -> bool {
    match value {
        Value::String(it) => {
            let rest = it.find(root).and_then(|at| it.get(at + root.len()..));
            rest.is_some_and(|it| !it.starts_with(|it: char| it.is_alphanumeric()))
        }
        Value::Array(it) => it.iter().any(|it| holds(it, root)),
        Value::Object(it) => it.values().any(|it| holds(it, root)),
        _ => false,
    }
}
