//! One Python file of Prefect 1 -> the same file for Prefect 3, its deployments, and what is said about it.

use ruff_text_size::{Ranged, TextRange};
use serde_json::Value;

use super::edits::rewritten;
use super::finding::Finding;
use super::flow::Flow;
use super::origins::{Origins, imported, is_old};
use super::pass::{Facts, Pass};
use super::source::Source;
use super::value::Constants;
use super::walk::Nodes;
use super::{
    attached, blank, branch, call, context, deployment, diff, executor, flow, imports, leftover,
    mapped, parameter, schedule, scope, secret, signal, task,
};
use crate::diagnostic::{Position, Severity, rules};
use crate::python;
use crate::tree::Tree;

/// Largest file that is converted: flows of Prefect 1 are far smaller, and each name is looked up among all others.
const MAX_BYTES: usize = 100 * 1024;

/// Longest new text that a finding repeats, in bytes.
const MAX_SHOWN: usize = 400;

/// A file that is converted.
#[derive(Debug)]
pub(super) struct Converted {
    /// Its new text; `None` where nothing of it changes.
    pub(super) after: Option<String>,
    /// The unified diff; empty where nothing changes.
    pub(super) diff: String,
    /// What is said about it, by place.
    pub(super) report: Vec<Finding>,
    /// Its deployments, as prefect.yaml has them.
    pub(super) deployments: Vec<Value>,
}

/// What `text` has to have so that it can be of Prefect 1: most files are told from this alone.
const WORDS: [&str; 22] = [
    "Flow(",
    "Parameter",
    "max_retries",
    "retry_delay",
    "log_stdout",
    "nout",
    "checkpoint",
    "cache_for",
    "trigger",
    "run_configs",
    "prefect.storage",
    "schedules",
    "executors",
    "environments",
    "engine",
    "context",
    "Secret",
    "prefect.tasks.",
    "Task)",
    "prefect.core",
    "prefect.client",
    "mapped",
];

/// The facts of `source` when it is of Prefect 1.
fn facts<'a>(source: &'a Source<'a>) -> Option<Facts<'a>> {
    let nodes = Nodes::of(&source.file.body);
    let origins = Origins::of(&nodes.statements);
    let facts = Facts { source, nodes, origins, constants: Constants::of(&source.file.body) };
    (!facts.origins.is_empty() && is_prefect_1(&facts)).then_some(facts)
}

fn is_prefect_1(facts: &Facts<'_>) -> bool {
    let pass = Pass::new(facts);
    let calls = || facts.nodes.calls.iter().map(|it| it.node);
    facts.origins.any(is_old)
        || calls().any(|it| flow::is_flow(&pass, it) || task::is_old(&pass, it))
        || facts.nodes.attributes.iter().any(|it| {
            facts.origins.full_of(it.node).is_some_and(|it| is_old(&it) || context::is_old(&it))
        })
        || facts.nodes.statements.iter().any(|(it, _)| task::is_old_class(&pass, it))
}

/// Where the file `path` shows first that it is of Prefect 1; `None` when it is not.
pub(super) fn first_sign(tree: &Tree, path: &str) -> Option<Position> {
    let text = tree.text(path)?;
    if !text.contains("prefect") || !WORDS.iter().any(|word| text.contains(word)) {
        return None;
    }
    let source = Source::read(tree, path, &mut Vec::new())?;
    let facts = facts(&source)?;
    Some(sign(&facts).map_or_else(|| Position::start_of(path), |it| source.at(&it)))
}

/// The first of what [`is_prefect_1`] tells it by.
fn sign(facts: &Facts<'_>) -> Option<TextRange> {
    let (nodes, pass) = (&facts.nodes, Pass::new(facts));
    let imports = imported(&nodes.statements).filter(|(origin, _)| is_old(origin));
    let calls = nodes.calls.iter().map(|it| it.node);
    let calls = calls.filter(|it| flow::is_flow(&pass, it) || task::is_old(&pass, it));
    let attributes = nodes.attributes.iter().map(|it| it.node).filter(|it| {
        facts.origins.full_of(it).is_some_and(|it| is_old(&it) || context::is_old(&it))
    });
    let statements = nodes.statements.iter().map(|it| it.0);
    let classes = statements.filter(|it| task::is_old_class(&pass, it));
    let places = imports.map(|it| it.1.range()).chain(calls.map(Ranged::range));
    let places = places.chain(attributes.map(Ranged::range)).chain(classes.map(Ranged::range));
    places.min_by_key(Ranged::start)
}

/// The conversion of the file `path`; `None` when it is not of Prefect 1.
pub(super) fn convert(tree: &Tree, path: &str) -> Option<Converted> {
    first_sign(tree, path)?;
    let source = Source::read(tree, path, &mut Vec::new())?;
    if source.text.len() > MAX_BYTES {
        return Some(refused(path, "the file is too large to be converted"));
    }
    let facts = facts(&source)?;
    let mut pass = Pass::new(&facts);
    let deployments = decide(&mut pass);
    blank::tidy(&source, &mut pass.edits);
    pass.edits.adopt_line_ends(source.text);
    let report = reported(&pass);
    let after = pass.edits.apply(source.text);
    if !is_sound(path, &after) {
        return Some(refused(path, "the file is written in a way that is not converted"));
    }
    let diff = diff::of_edits(path, source.text, &pass.edits);
    let after = (after != source.text).then_some(after);
    Some(Converted { after, diff, report, deployments })
}

/// The file stays as it is.
fn refused(path: &str, why: &str) -> Converted {
    let found = Finding::left(rules::PREFECT_1_NOT_CONVERTED, Position::start_of(path), why);
    let report = vec![found.hint("convert it by hand, or split it")];
    Converted { after: None, diff: String::new(), report, deployments: Vec::new() }
}

/// What is said, by place, with the new text of what is converted.
fn reported(pass: &Pass<'_>) -> Vec<Finding> {
    let changes = pass.edits.in_order();
    let text = pass.facts.source.text;
    let mut out = Vec::new();
    for (span, found) in &pass.report {
        let mut found = found.clone();
        let new = rewritten(&changes, text, span);
        let changed = Some(new.as_str()) != text.get(span.clone()) && !new.trim().is_empty();
        if changed && found.diagnostic.severity != Severity::Error && new.len() <= MAX_SHOWN {
            found.replacement = Some(new.trim().replace('\r', ""));
        }
        out.push(found);
    }
    out.sort_by(|a, b| a.diagnostic.at.cmp(&b.diagnostic.at));
    out.dedup();
    out
}

/// Whether the new text is Python.
fn is_sound(path: &str, text: &str) -> bool {
    let tree = Tree::of_texts([(path, text)]);
    python::read(&tree, path, &mut Vec::new()).is_some()
}

/// Decides all about the file; gives its deployments.
fn decide(pass: &mut Pass<'_>) -> Vec<Value> {
    let mut flows = flow::find(pass);
    flows.retain(|it| !scope::clashes(pass, it));
    let mut deployments = Vec::new();
    for flow in &mut flows {
        attached::take(pass, flow);
    }
    for flow in &flows {
        deployments.push(one(pass, flow));
    }
    parameter::remove_outside(pass, &flows);
    task::convert(pass);
    secret::convert(pass, &flows);
    context::convert(pass, &flows);
    signal::convert(pass);
    finish(pass);
    deployments
}

fn one(pass: &mut Pass<'_>, flow: &Flow<'_>) -> Value {
    let schedules =
        flow.settings.schedule.map(|it| schedule::schedules(pass, it)).unwrap_or_default();
    let scheduled: Vec<(String, Value)> = schedules
        .iter()
        .filter_map(|it| it.get("parameters")?.as_object())
        .flat_map(|it| it.iter().map(|(name, value)| (name.clone(), value.clone())))
        .collect();
    let arguments = parameter::arguments(pass, flow, &scheduled);
    let options = executor::options(pass, flow);
    branch::convert(pass, flow);
    mapped::convert(pass, flow);
    call::convert(pass, flow);
    attached::uses(pass, flow, &arguments);
    scope::leaks(pass, flow);
    flow::head(pass, flow, &arguments, &options);
    deployment::deployment(pass, flow, &arguments, schedules)
}

/// Takes out what is gone, says what is left, and rewrites the imports.
fn finish(pass: &mut Pass<'_>) {
    let source = pass.facts.source;
    pass.removed.apply(&source.file.body, source, &mut pass.edits);
    leftover::remove_constants(pass);
    let spans = pass.edits.spans();
    leftover::report(pass, &spans);
    imports::rewrite(pass, &spans);
    pass.removed.apply(&source.file.body, source, &mut pass.edits);
}
