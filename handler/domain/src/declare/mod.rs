//! Declaration files -> [`Desired`]: what a bundle asks for, read and never executed.

mod below;
mod build_output;
mod clashes;
mod context;
mod duration;
mod entry;
mod entrypoint;
mod fields;
mod files;
mod flow_names;
mod identity;
mod keys;
mod legacy;
mod overlay;
mod parameters;
mod placeholder;
mod pool;
mod pool_names;
mod program;
mod pull;
mod python_str;
mod schedule;
mod schema;
mod settings;
mod steps;
mod strict;
mod template;
mod timezone;
mod timing;
mod trigger;
mod typed;
mod work_pools;

pub use below::only;
pub use legacy::CARRIED;
pub(crate) use pull::is_generated;
pub(crate) use schema::misfits;
pub use settings::{Code, Live, PullMode, Settings};
pub(crate) use template::{Place, replaced};

use std::cell::RefCell;
use std::collections::BTreeSet;

use self::context::Context;
use crate::bundle::is_yaml_of;
use crate::desired::Desired;
use crate::diagnostic::{Diagnostic, Position, rules};
use crate::evaluate::Captured;
use crate::python::Reader;
use crate::tree::Tree;
use crate::yaml::{self, Node};

/// The names of server variables that the declarations of `tree` mention (`{{ prefect.variables.NAME }}`).
pub fn variables_wanted(tree: &Tree) -> BTreeSet<String> {
    let files::Files { yaml, pools, .. } = files::find(tree);
    let overlays = tree.own_paths().filter(|it| is_yaml_of(it, "overlays"));
    let texts = yaml.into_iter().chain(pools).chain(overlays).filter_map(|it| tree.text(it));
    texts.flat_map(placeholder::variables).collect()
}

/// All that the declarations of `tree` ask for, with every problem found.
pub fn desired(tree: &Tree, settings: &Settings) -> Desired {
    read(tree, settings).0
}

/// [`desired`], and what the deployment files in Python say, in order, before it is checked.
pub(crate) fn read(tree: &Tree, settings: &Settings) -> (Desired, Vec<Captured>) {
    let mut out = Desired::default();
    let found = files::find(tree);
    out.diagnostics.extend(found.unsupported);
    out.diagnostics.extend(crate::convert::noticed(tree));
    let reading = settings.reading();
    let mut flows = Reader::new(tree, &reading);
    for file in &found.yaml {
        flows = read_file((tree, file), settings, (entry::read, flows), &mut out);
    }
    for file in &found.pools {
        flows = read_file((tree, file), settings, (work_pools::read, flows), &mut out);
    }
    for file in &found.built {
        flows = read_file((tree, file), settings, (build_output::read, flows), &mut out);
    }
    let captured = program::read((tree, &found.python), settings, flows, &mut out);
    let all = [&found.yaml, &found.python, &found.built, &found.pools];
    let none = all.iter().all(|it| it.is_empty());
    if none && out.diagnostics.is_empty() {
        let at = Position::start_of("prefect.yaml");
        let message = "the bundle has no prefect.yaml and no file ending in deployment.py";
        let nothing = Diagnostic::error(rules::NO_DECLARATION, at, message);
        let hint = format!("add one and {}; or look into .prefectignore", entry::NEEDED);
        out.diagnostics.push(nothing.hint(hint));
    }
    overlay::apply(tree, settings, &mut out);
    out.deployments.sort_by(|a, b| (&a.flow, &a.name).cmp(&(&b.flow, &b.name)));
    clashes::check(&out.deployments, &mut out.diagnostics);
    work_pools::twins(&mut out);
    pool_names::check(&out.deployments, &mut out.diagnostics);
    flow_names::check(&out.deployments, &mut out.diagnostics);
    out.diagnostics = in_order(out.diagnostics);
    (out, captured)
}

/// By place, and at one place as found; what stands at the top of a file is found once for each deployment, and said once.
fn in_order(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.sort_by(|a, b| a.at.cmp(&b.at));
    let mut out: Vec<Diagnostic> = Vec::new();
    for it in found {
        let mut here = out.iter().rev().take_while(|other| other.at == it.at);
        if here.all(|other| *other != it) {
            out.push(it);
        }
    }
    out
}

/// What reads the file, and the flows that were read so far: those of a bundle tend to be declared in several files.
type Reads<'a> = (fn(&Context<'_>, &Node, &mut Desired), Reader<'a>);

fn read_file<'a>(
    (tree, file): (&'a Tree, &'a str),
    settings: &'a Settings,
    (read, flows): Reads<'a>,
    out: &mut Desired,
) -> Reader<'a> {
    let Some(text) = tree.text(file) else {
        let at = Position::start_of(file);
        let message = tree.why_unread(file);
        out.diagnostics.push(Diagnostic::error(rules::UNREADABLE_DECLARATION, at, message));
        return flows;
    };
    let (root, found) = yaml::compose(file, text);
    let broken = !found.is_empty();
    out.diagnostics.extend(found);
    let context = Context { tree, file, settings, flows: RefCell::new(flows) };
    match root.filter(|it| !it.is_null()) {
        Some(root) => read(&context, &root, out),
        None if broken || is_yaml_of(file, "work-pools") => {}
        None => {
            let empty = Diagnostic::warning(
                rules::NO_DEPLOYMENT,
                Position::start_of(file),
                "the file is empty",
            );
            out.diagnostics.push(empty.hint(entry::NEEDED));
        }
    }
    context.flows.into_inner()
}

#[cfg(test)]
pub(crate) mod tests;
