//! The name and the flow of an entry of `deployments:`.

use super::{Context, entrypoint};
use crate::diagnostic::{Diagnostic, rules};
use crate::python::FlowFacts;
use crate::yaml::Node;

/// The name of the deployment; `None`, with an error, where it has none that Prefect takes.
pub(super) fn name(
    context: &Context<'_>,
    node: &Node,
    found: &mut Vec<Diagnostic>,
) -> Option<String> {
    let value = node.get("name").filter(|it| !it.is_null());
    let Some(value) = value else {
        let message = "the deployment has no name";
        found.push(
            context
                .error(rules::DEPLOYMENT_NAME, node.at, message)
                .hint("is this an untouched template?"),
        );
        return None;
    };
    let text = value.as_str().unwrap_or_default();
    if text.is_empty() || text.contains(['/', '%', '&', '>', '<']) {
        let message = "a deployment's name must be a text without `/`, `%`, `&`, `>` and `<`";
        found.push(
            context
                .error(rules::DEPLOYMENT_NAME, value.at, message)
                .hint("quote it if it is a number"),
        );
        return None;
    }
    Some(text.to_owned())
}

/// The flow that the entrypoint leads to, and where it lies.
pub(super) fn flow(
    context: &Context<'_>,
    node: &Node,
    found: &mut Vec<Diagnostic>,
) -> Option<(FlowFacts, entrypoint::Target)> {
    let value = node.get("entrypoint").filter(|it| !it.is_null());
    let Some(text) = value.and_then(Node::as_str) else {
        let at = value.map_or(node.at, |it| it.at);
        let message = "the deployment has no entrypoint";
        found.push(
            context.error(rules::ENTRYPOINT, at, message).hint("write `path/to/file.py:function`"),
        );
        return None;
    };
    let at = value.map_or(node.at, |it| it.at);
    let target = entrypoint::find(context, text, at, found)?;
    let (flow, problems) = context.flows.borrow_mut().flow(&target.path, &target.function);
    // two deployments of one flow must not say the same twice
    let placed = problems.into_iter().map(|it| entrypoint::placed(context, at, it));
    let new = placed.filter(|it| !found.contains(it)).collect::<Vec<_>>();
    found.extend(new);
    Some((flow?, target))
}
