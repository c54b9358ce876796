//! What a worker would stumble over when it imports the file of a flow. Each check says nothing where it is not sure.

mod called;
mod options;
pub(crate) mod removed;
mod requirements;
mod typing_only;
mod unnamed;
mod unresolved;

pub(super) use self::removed::is_gone;

use std::collections::BTreeSet;
use std::rc::Rc;

use ruff_python_ast::{Identifier, Stmt};
use ruff_text_size::TextRange;

use super::parse::File;
use super::scope::Scope;
use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::dotted;
use crate::tree::Tree;

/// What runs a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worker<'a> {
    /// The folder that it starts in, with a slash at its end; empty for the bundle's root.
    pub start: &'a str,
    /// Where its packages come from.
    pub packages: Packages,
}

/// Where the packages of what runs a flow come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packages {
    /// An image is named or built: it brings them with it.
    Image,
    /// A list of the bundle, wherever it lies.
    Bundle,
    /// A list beside the flow or above it: whoever runs a deployment file installs that, as the file imports the flow.
    Beside,
}

/// What one flow is looked at with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case<'a> {
    /// The flow's file, and those of the bundle that it imports.
    pub(super) files: &'a [Rc<File<'a>>],
    /// The names of the first of them.
    pub(super) scope: Scope<'a>,
    /// The bundle.
    pub(super) tree: &'a Tree,
    /// The function that the entrypoint names.
    pub(super) function: &'a str,
    /// What runs it.
    pub(super) worker: Worker<'a>,
    /// Every name of a file or folder of the bundle, without `.py`.
    pub(super) own: &'a BTreeSet<String>,
    /// The Prefect version that is meant.
    pub(super) dialect: Dialect,
}

impl<'a> Case<'a> {
    /// The folder of the flow's file, with a slash at its end.
    fn folder(&self) -> &'a str {
        let path = self.files.first().map_or("", |it| it.path.as_str());
        path.rfind('/').and_then(|at| path.get(..=at)).unwrap_or_default()
    }
}

/// What is found in the files, whichever flow of the first one runs.
pub(super) fn of_files(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    removed::check(case, found);
    unresolved::check(case, found);
    options::check(case, found);
    unnamed::check(case, found);
    if case.worker.packages != Packages::Image {
        requirements::check(case, found);
    }
    called::check(case, found);
}

/// What is found in the flow itself.
pub(super) fn of_flow(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    typing_only::check(case, found);
}

/// What `own` of a [`Case`] is for the files of `tree`.
pub(super) fn names(tree: &Tree) -> BTreeSet<String> {
    let parts = tree.paths().chain(tree.ignored()).flat_map(|it| it.split('/'));
    parts.map(|it| it.strip_suffix(".py").unwrap_or(it).to_owned()).collect()
}

/// An import that runs whenever the file is imported.
struct Import {
    /// Dots before the name.
    level: u32,
    /// `package.module`, or `package.module.Name` of `from package.module import Name`.
    target: String,
    /// How many parts of the target are surely a module.
    module: usize,
    range: TextRange,
}

impl Import {
    fn first(&self) -> &str {
        dotted::first(&self.target)
    }
}

/// The imports at the top of `body`: one inside `try` or `if` may be meant to fail.
fn imports(body: &[Stmt]) -> Vec<Import> {
    let mut out = Vec::new();
    for stmt in body {
        match stmt {
            Stmt::Import(it) => out.extend(it.names.iter().map(|alias| {
                let target = alias.name.as_str().to_owned();
                let module = target.split('.').count();
                Import { level: 0, target, module, range: alias.range }
            })),
            Stmt::ImportFrom(it) => {
                let from = it.module.as_ref().map_or("", Identifier::as_str);
                out.extend(it.names.iter().map(|alias| {
                    let point = if from.is_empty() { "" } else { "." };
                    let target = format!("{from}{point}{}", alias.name.as_str());
                    let module = from.split('.').filter(|it| !it.is_empty()).count();
                    Import { level: it.level, target, module, range: alias.range }
                }));
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests;
