//! The entries of `deployments:` in a prefect.yaml.

use std::collections::BTreeSet;

use serde_json::Value;

use super::fields::Fields;
use super::pull::Case;
use super::schedule::Written;
use super::template::{Found, Place, resolve};
use super::{
    Context, fields, identity, keys, parameters, placeholder, pull, schedule, steps, trigger,
};
use crate::desired::{BlockRef, Deployment, Desired, Field, Schedule};
use crate::diagnostic::{Diagnostic, Severity, rules};
use crate::python::{FlowFacts, Packages, Worker};
use crate::yaml::{Entry, Kind, Node};

/// What a file without deployments needs.
pub(super) const NEEDED: &str =
    "write `deployments:` with a list of `name`, `entrypoint` and `work_pool`";

/// Reads a whole prefect.yaml.
pub(super) fn read(context: &Context<'_>, root: &Node, out: &mut Desired) {
    if !matches!(root.kind, Kind::Mapping(_)) {
        let message = format!("prefect.yaml must be a mapping, this is {}", root.type_name());
        out.diagnostics.push(context.error(rules::FIELD_TYPE, root.at, message));
        return;
    }
    keys::top(context, root, &mut out.diagnostics);
    not_run(context, root, out);
    let Some(list) = root.get("deployments").filter(|it| !it.is_null()) else {
        let message = "prefect.yaml declares no deployment";
        out.diagnostics.push(context.warning(rules::NO_DEPLOYMENT, root.at, message).hint(NEEDED));
        return;
    };
    if !matches!(list.kind, Kind::Sequence(_)) {
        let message = format!("`deployments` must be a list, this is {}", list.type_name());
        out.diagnostics.push(context.error(rules::FIELD_TYPE, list.at, message));
        return;
    }
    let only = list.items().iter().all(is_template);
    for node in list.items() {
        if is_template(node) && !only {
            let message = "an entry without name and entrypoint is skipped";
            out.diagnostics.push(
                context.warning(rules::UNTOUCHED_TEMPLATE, node.at, message).hint("remove it"),
            );
        } else {
            deployment(context, root, node, out);
        }
    }
}

/// The entry that `prefect init` writes; Prefect skips it where it stands beside others.
fn is_template(node: &Node) -> bool {
    let is_empty = |key| node.get(key).is_none_or(Node::is_null);
    matches!(node.kind, Kind::Mapping(_)) && is_empty("name") && is_empty("entrypoint")
}

/// Build and push steps would run code or Docker: they are the job of a pipeline.
fn not_run(context: &Context<'_>, node: &Node, out: &mut Desired) {
    for key in ["build", "push"] {
        if let Some(steps) = node.get(key).filter(|it| !it.is_null() && !pull::list(it).is_empty())
        {
            let message = format!("`{key}` steps are not run here");
            let info = Diagnostic::info(rules::STEPS_NOT_RUN, context.at(steps.at), message);
            out.diagnostics.push(
                info.hint("run them in your pipeline, and give their results by {{ $NAME }}"),
            );
        }
    }
}

fn deployment(context: &Context<'_>, root: &Node, raw: &Node, out: &mut Desired) {
    let before = out.diagnostics.len();
    if !matches!(raw.kind, Kind::Mapping(_)) {
        let message = format!("a deployment must be a mapping, this is {}", raw.type_name());
        out.diagnostics.push(context.error(rules::FIELD_TYPE, raw.at, message));
        return;
    }
    keys::deployment(context, raw, &mut out.diagnostics);
    not_run(context, raw, out);
    let mut blocks = BTreeSet::new();
    let mut found = Found { diagnostics: &mut out.diagnostics, blocks: &mut blocks };
    let node = templated(context, raw, &mut found);
    let pulled = pulled(context, root, raw, &mut found);
    let name = identity::name(context, &node, found.diagnostics);
    let title = name.as_deref().unwrap_or_default();
    let automations = trigger::read(context, title, raw, &mut found);
    let mut read = fields::read(context, &node, &mut out.diagnostics);
    let schedules = schedule::read(context, (&node, Written::Plain), &mut out.diagnostics);
    let Some((flow, target)) = identity::flow(context, &node, &mut out.diagnostics) else { return };
    fields::complete(context, &mut read, &flow, &target.entrypoint);
    let case = parameter_case(&read, schedules.as_deref(), &flow);
    parameters::check(context, &node, &case, &mut out.diagnostics);
    let variables = read.values.get(&Field::JobVariables).and_then(Value::as_object);
    let case = Case {
        declared: pulled.as_ref(),
        in_image: is_built(root, raw) || pull::names_image(variables),
        folder: &target.folder,
        at: raw.at,
    };
    let packages = if case.in_image { Packages::Image } else { Packages::Bundle };
    let worker = Worker { start: case.folder, packages };
    let (path, function) = (&target.path, &target.function);
    out.diagnostics.extend(context.flows.borrow_mut().stumbles(path, function, worker));
    let pull = pull::steps(context, &case, &mut out.diagnostics);
    if let Some(declared) = &pulled {
        read.values.insert(Field::PullSteps, pull::list(declared).into());
    }
    let faulty = out.diagnostics.iter().skip(before).any(|it| it.severity == Severity::Error);
    let Some(name) = name.filter(|_| !faulty) else { return };
    note_blocks(out, &flow, &name, blocks);
    out.deployments.push(Deployment {
        at: context.at(raw.at),
        via: "prefect.yaml",
        flow: flow.name,
        name,
        entrypoint: target.entrypoint,
        function: Some(flow.at),
        fields: read.values,
        declared: read.declared,
        schedules,
        pull,
        agent: false,
        registered: [].into(),
        variables_at: read.variables_at,
        inline: Vec::new(),
        loads: [].into(),
        automations,
    });
}

/// The pull that is declared, with what its templates stand for.
fn pulled(context: &Context<'_>, root: &Node, raw: &Node, found: &mut Found<'_>) -> Option<Node> {
    placeholder::check(context, raw, found.diagnostics);
    let pull = declared_pull(context, root, raw)?;
    let built = [raw, root].into_iter().flat_map(|it| [it.get("build"), it.get("push")]);
    steps::outputs(context, pull, &steps::ids(built.flatten()), found.diagnostics);
    placeholder::check(context, pull, found.diagnostics);
    Some(resolve(context, pull, Place::Pull, found))
}

/// What the parameters are checked against: only schedules that run matter.
fn parameter_case<'a>(
    read: &Fields,
    schedules: Option<&'a [Schedule]>,
    flow: &'a FlowFacts,
) -> parameters::Case<'a> {
    let flag = |field| read.values.get(&field).and_then(Value::as_bool).unwrap_or_default();
    let schedules = schedules.filter(|_| !flag(Field::Paused)).unwrap_or_default();
    parameters::Case { flow, enforced: flag(Field::EnforceParameterSchema), schedules }
}

/// The pull of the deployment, or else that of the file. An empty list means no pull to Prefect 3, and nothing to Prefect 2.
fn declared_pull<'a>(context: &Context<'_>, root: &'a Node, raw: &'a Node) -> Option<&'a Node> {
    let two = !context.settings.dialect.is_three();
    let is_none = |it: &Node| match &it.kind {
        Kind::Mapping(entries) => entries.is_empty(),
        Kind::Sequence(items) => two && items.is_empty(),
        Kind::Scalar { .. } => it.is_null(),
    };
    [raw, root].into_iter().filter_map(|it| it.get("pull")).find(|it| !is_none(it))
}

/// Whether a step of the deployment, or else of the file, builds an image.
fn is_built(root: &Node, raw: &Node) -> bool {
    let own = raw.get("build").filter(|it| !it.is_null());
    own.or_else(|| root.get("build")).is_some_and(|it| !pull::list(it).is_empty())
}

/// `{}`, as the templates of `prefect init` have it.
pub(super) fn is_empty_mapping(node: &Node) -> bool {
    matches!(&node.kind, Kind::Mapping(entries) if entries.is_empty())
}

fn note_blocks(out: &mut Desired, flow: &FlowFacts, name: &str, blocks: BTreeSet<BlockRef>) {
    if !blocks.is_empty() {
        out.blocks.insert(format!("{}/{name}", flow.name), blocks);
    }
}

/// Every key of `raw` with its placeholders resolved, as far as that key wants it.
fn templated(context: &Context<'_>, raw: &Node, found: &mut Found<'_>) -> Node {
    let one = |it: &Entry, found: &mut Found<'_>| {
        let value = match it.key.as_str() {
            "pull" | "build" | "push" | "triggers" => it.value.clone(),
            "work_pool" => {
                let inner = it.value.entries().iter().map(|it| {
                    let place =
                        if it.key == "job_variables" { Place::JobVariables } else { Place::Plain };
                    Entry { value: resolve(context, &it.value, place, found), ..it.clone() }
                });
                match &it.value.kind {
                    Kind::Mapping(_) => {
                        Node { at: it.value.at, kind: Kind::Mapping(inner.collect()) }
                    }
                    _ => resolve(context, &it.value, Place::Plain, found),
                }
            }
            _ => resolve(context, &it.value, Place::Plain, found),
        };
        Entry { value, ..it.clone() }
    };
    let entries = raw.entries().iter().map(|it| one(it, found)).collect();
    Node { at: raw.at, kind: Kind::Mapping(entries) }
}
