//! What the declared pull steps name that workers do not have.

use std::collections::BTreeSet;

use super::Context;
use super::placeholder::placeholders;
use crate::diagnostic::{Diagnostic, near_miss, rules};
use crate::yaml::{Kind, Mark, Node};

/// Placeholders for outputs of steps that do not come before; `built` are the ids of build and push steps.
///
/// Source: `run_steps` of Prefect, which leaves out what it does not know.
pub(super) fn outputs(
    context: &Context<'_>,
    pull: &Node,
    built: &BTreeSet<String>,
    found: &mut Vec<Diagnostic>,
) {
    let mut before = BTreeSet::new();
    for arguments in arguments(pull) {
        let mut texts = Vec::new();
        texts_of(arguments, &mut texts);
        for (text, at) in texts {
            let steps = placeholders(text).into_iter().filter_map(|it| step_of(it.name));
            for id in steps.filter(|it| !before.contains(*it)) {
                let message = format!(
                    "no step of this pull before it has the id `{id}`: Prefect leaves the value out"
                );
                let warning = context.warning(rules::UNKNOWN_STEP, at, message);
                found.push(warning.hint(hint(id, &before, built)));
            }
        }
        before.extend(id_of(arguments));
    }
}

/// The ids of the steps in `lists`.
pub(super) fn ids<'a>(lists: impl Iterator<Item = &'a Node>) -> BTreeSet<String> {
    lists.flat_map(arguments).filter_map(id_of).collect()
}

/// Paths of the author's machine; a home folder may be one of the image.
pub(super) fn machine_paths(
    context: &Context<'_>,
    pull: &Node,
    in_image: bool,
    found: &mut Vec<Diagnostic>,
) {
    let mut texts = Vec::new();
    for it in arguments(pull) {
        texts_of(it, &mut texts);
    }
    for (text, at) in texts.into_iter().filter(|(it, _)| is_of_a_machine(it, in_image)) {
        let message = format!("workers have no `{text}`: it is a path of one machine");
        let hint = "write a path relative to the worker's folder, or one of its image";
        found.push(context.warning(rules::MACHINE_PATH, at, message).hint(hint));
    }
}

fn is_of_a_machine(text: &str, in_image: bool) -> bool {
    let is_drive =
        |it: &[u8]| matches!(it, [drive, b':', b'/' | b'\\', ..] if drive.is_ascii_alphabetic());
    let one_line = !text.trim().contains(['\n', ' ']);
    let home = text.starts_with("/home/") && !in_image;
    one_line
        && (home
            || text.starts_with("/Users/")
            || text.starts_with("\\\\")
            || is_drive(text.as_bytes()))
}

/// The arguments of each step.
fn arguments(pull: &Node) -> Vec<&Node> {
    let steps = match &pull.kind {
        Kind::Mapping(_) => std::slice::from_ref(pull),
        _ => pull.items(),
    };
    steps.iter().flat_map(Node::entries).map(|it| &it.value).collect()
}

fn texts_of<'a>(node: &'a Node, out: &mut Vec<(&'a str, Mark)>) {
    match &node.kind {
        Kind::Mapping(entries) => entries.iter().for_each(|it| texts_of(&it.value, out)),
        Kind::Sequence(items) => items.iter().for_each(|it| texts_of(it, out)),
        Kind::Scalar { .. } => out.extend(node.as_str().map(|it| (it, node.at))),
    }
}

/// The step that `name` is an output of; a name without a point may be one of any step.
fn step_of(name: &str) -> Option<&str> {
    let (step, _) = name.split_once('.')?;
    (!step.starts_with('$') && !matches!(step, "prefect" | "ctx")).then_some(step)
}

fn id_of(arguments: &Node) -> Option<String> {
    Some(arguments.get("id")?.as_str()?.to_owned())
}

fn hint(id: &str, before: &BTreeSet<String>, built: &BTreeSet<String>) -> String {
    if built.contains(id) {
        return "build and push steps are not run here: give the value by {{ $NAME }}".to_owned();
    }
    let near = near_miss(id, before.iter().map(String::as_str));
    near.map_or_else(
        || format!("give a step before it `id: {id}`"),
        |it| format!("did you mean `{it}`?"),
    )
}
