//! `overlays/<environment>.yaml`: what is another in one environment, without touching the declarations.

mod change;
mod file;
mod pattern;

use std::cell::RefCell;

use super::strict::Strict;
use super::{Context, Settings};
use crate::bundle::is_yaml_of;
use crate::desired::{Deployment, Desired};
use crate::diagnostic::{Diagnostic, Position, any_error, did_you_mean, near_miss, rules};
use crate::python::Reader;
use crate::tree::Tree;
use crate::yaml;
use file::{Change, Overlay};

const FOLDER: &str = "overlays";

/// Applies the overlay that is in force to the deployments of `out`; with any error in it there are none, since they would be
/// those of another environment.
pub(super) fn apply(tree: &Tree, settings: &Settings, out: &mut Desired) {
    let Some(name) = &settings.overlay else { return };
    let mut found = Vec::new();
    let was_sound = !any_error(&out.diagnostics);
    match path(tree, name) {
        Some(path) => {
            let reading = settings.reading();
            let flows = RefCell::new(Reader::new(tree, &reading));
            let context = Context { tree, file: path, settings, flows };
            applied(&context, out, &mut found);
            found.extend(twin(tree, path, name));
        }
        None => found.extend(missing(tree, name)),
    }
    // a deployment that is in error is not in the list, and a part of a project has not all of them
    if !was_sound || tree.is_part() {
        found.retain(|it| it.code != rules::OVERLAY_NAME.code);
    }
    if any_error(&found) {
        out.deployments.clear();
    }
    out.diagnostics.extend(found);
}

/// The file of the overlay `name`.
fn path<'a>(tree: &'a Tree, name: &str) -> Option<&'a str> {
    overlays(tree).find(|it| stem(it) == name)
}

/// A second file for one environment, of which nobody knows that it does not count.
fn twin(tree: &Tree, path: &str, name: &str) -> Option<Diagnostic> {
    let other = overlays(tree).find(|it| stem(it) == name && *it != path)?;
    let message = format!("there are two overlays `{name}`: {path} and {other}");
    let error = Diagnostic::error(rules::OVERLAY, Position::start_of(other), message);
    Some(error.hint("keep one of them"))
}

fn overlays(tree: &Tree) -> impl Iterator<Item = &str> {
    tree.own_paths().filter(|it| is_yaml_of(it, FOLDER))
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A bundle without overlays is the same in every environment; one with others may have misspelt this one.
fn missing(tree: &Tree, name: &str) -> Option<Diagnostic> {
    let known: Vec<&str> = overlays(tree).map(stem).collect();
    let list = known.join(", ");
    let near = did_you_mean(name, known.iter().copied());
    let at = Position::start_of(format!("{FOLDER}/{name}.yaml"));
    let message = format!("there is no overlay `{name}`: the declarations count as they are");
    let warning = Diagnostic::warning(rules::OVERLAY_MISSING, at, message);
    (!known.is_empty()).then(|| warning.hint(format!("there are: {list}{near}")))
}

fn applied(context: &Context<'_>, out: &mut Desired, found: &mut Vec<Diagnostic>) {
    let Some(text) = context.tree.text(context.file) else {
        let at = Position::start_of(context.file);
        let why = context.tree.why_unread(context.file);
        found.push(Diagnostic::error(rules::UNREADABLE_DECLARATION, at, why));
        return;
    };
    let (root, faults) = yaml::compose(context.file, text);
    found.extend(faults);
    let Some(root) = root.filter(|it| !it.is_null()) else { return };
    let strict = Strict { context, rule: rules::OVERLAY };
    let overlay = file::read(strict, &root, found);
    unmatched(context, &overlay, &out.deployments, found);
    for it in &mut out.deployments {
        let key = format!("{}/{}", it.flow, it.name);
        let (flow, name) = (it.flow.clone(), it.name.clone());
        let all: Vec<&Change> = overlay.of(&flow, &name);
        for one in &all {
            change::make(strict, one, it, found);
            if !one.blocks.is_empty() {
                out.blocks.entry(key.clone()).or_default().extend(one.blocks.iter().cloned());
            }
        }
        change::check(context, &all, it, (&mut out.diagnostics, found));
    }
}

/// Names that fit no deployment: the environment would be without what they say.
fn unmatched(
    context: &Context<'_>,
    overlay: &Overlay,
    all: &[Deployment],
    found: &mut Vec<Diagnostic>,
) {
    let full: Vec<String> = all.iter().map(|it| format!("{}/{}", it.flow, it.name)).collect();
    for (key, at, _) in &overlay.entries {
        if all.iter().any(|it| pattern::fits(key, &it.flow, &it.name)) {
            continue;
        }
        let names = all.iter().map(|it| it.name.as_str());
        let near = near_miss(key, names.chain(full.iter().map(String::as_str)));
        let hint = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are: {}", full.join(", ")),
        };
        let message = format!("`{key}` is no deployment of this bundle");
        found.push(context.error(rules::OVERLAY_NAME, *at, message).hint(hint));
    }
}
