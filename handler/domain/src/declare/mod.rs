//! Declaration files -> [`Desired`]: what a bundle asks for, read and never executed.

mod below;
mod build_output;
mod cron;
mod duration;
mod entry;
mod entrypoint;
mod fields;
mod files;
mod flow_names;
mod keys;
mod legacy;
mod parameters;
mod placeholder;
mod pool;
mod program;
mod pull;
mod python_str;
mod rrule;
mod schedule;
mod schema;
mod steps;
mod template;
mod timezone;
mod timing;
mod trigger;
mod typed;

pub use below::only;
pub use legacy::CARRIED;
pub(crate) use pull::is_generated;
pub(crate) use template::{Place, replaced};

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::desired::{BlockRef, Deployment, Desired};
use crate::diagnostic::{Diagnostic, Position, RuleCode, rules};
use crate::dialect::Dialect;
use crate::evaluate::Captured;
use crate::names::{BundleId, SourceRoot};
use crate::python::Reader;
use crate::tree::Tree;
use crate::yaml::{self, Mark, Node};

/// Which pull steps are registered (`SYNC_PULL`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PullMode {
    /// Declared ones are kept, except a lone `set_working_directory` without an image; none declared: generated.
    #[default]
    Auto,
    /// Declared ones are always kept.
    Declared,
    /// Always generated.
    Staged,
}

/// Where the bundle's code lies for workers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Code {
    /// Unpacked in a Blob container.
    Blob {
        /// The code container.
        container: String,
        /// `<bundle>/<digest>`, without a slash at the end.
        folder: String,
        /// Name of the `azure-blob-storage-credentials` block.
        credentials: String,
        /// Name of the `azure` block of agents of Prefect 2.
        storage: String,
    },
    /// A folder on this machine (`serve --local`, `apply PATH` without a store): absolute, without a slash at the end.
    Folder(String),
}

/// What a server of Prefect 3 has that words of Prefect 2 are translated with.
#[derive(Debug, Clone, Default)]
pub struct Live {
    /// The fields of its infrastructure blocks, secrets masked.
    pub blocks: BTreeMap<BlockRef, Map<String, Value>>,
    /// The base job templates of its work pools, by name.
    pub templates: BTreeMap<String, Value>,
}

/// What reading depends on besides the files.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The server's version.
    pub dialect: Dialect,
    /// The bundle's id.
    pub bundle: BundleId,
    /// The last part of the path that the bundle seems to lie at when its declarations are read; one path segment.
    pub bundle_name: String,
    /// Where Python modules are looked for besides their own folders.
    pub source_roots: Vec<SourceRoot>,
    /// Environment that `{{ $NAME }}` may see: exactly the names that the operator allows and that have a value.
    pub environment: BTreeMap<String, String>,
    /// The clock that deployment files see; `None`: they see none.
    pub now: Option<jiff::Timestamp>,
    /// The work pool of deployments that name none.
    pub default_pool: Option<String>,
    /// The server's variables by name; `None` without a server: then their placeholders stay, with a note.
    pub variables: Option<BTreeMap<String, Value>>,
    /// What infrastructure of Prefect 2 is carried over with; `None` without a server.
    pub live: Option<Live>,
    /// Which pull steps are registered.
    pub pull: PullMode,
    /// Append `pip_install_requirements` to a generated pull when the bundle has a `requirements.txt`.
    pub pip_install: bool,
    /// Where the code lies.
    pub code: Code,
}

/// The names of server variables that the declarations of `tree` mention (`{{ prefect.variables.NAME }}`).
pub fn variables_wanted(tree: &Tree) -> BTreeSet<String> {
    let texts = files::find(tree).yaml.into_iter().filter_map(|it| tree.text(it));
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
    for file in &found.yaml {
        read_file((tree, file), settings, entry::read, &mut out);
    }
    for file in &found.built {
        read_file((tree, file), settings, build_output::read, &mut out);
    }
    let captured = program::read(tree, &found.python, settings, &mut out);
    let none = [&found.yaml, &found.python, &found.built].iter().all(|it| it.is_empty());
    if none && out.diagnostics.is_empty() {
        let at = Position::start_of("prefect.yaml");
        let message = "the bundle has no prefect.yaml and no file ending in deployment.py";
        let nothing = Diagnostic::error(rules::NO_DECLARATION, at, message);
        let hint = format!("add one and {}; or look into .prefectignore", entry::NEEDED);
        out.diagnostics.push(nothing.hint(hint));
    }
    out.deployments.sort_by(|a, b| (&a.flow, &a.name).cmp(&(&b.flow, &b.name)));
    twins(&out.deployments, &mut out.diagnostics);
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

fn read_file(
    (tree, file): (&Tree, &str),
    settings: &Settings,
    read: fn(&Context<'_>, &Node, &mut Desired),
    out: &mut Desired,
) {
    let Some(text) = tree.text(file) else {
        let at = Position::start_of(file);
        let message = tree.why_unread(file);
        out.diagnostics.push(Diagnostic::error(rules::UNREADABLE_DECLARATION, at, message));
        return;
    };
    let (root, found) = yaml::compose(file, text);
    let broken = !found.is_empty();
    out.diagnostics.extend(found);
    let reading = settings.reading();
    let flows = RefCell::new(Reader::new(tree, &reading));
    let context = Context { tree, file, settings, flows };
    match root.filter(|it| !it.is_null()) {
        Some(root) => read(&context, &root, out),
        None if broken => {}
        None => {
            let empty = Diagnostic::warning(
                rules::NO_DEPLOYMENT,
                Position::start_of(file),
                "the file is empty",
            );
            out.diagnostics.push(empty.hint(entry::NEEDED));
        }
    }
}

/// One key declared twice: the second would overwrite the first.
fn twins(deployments: &[Deployment], found: &mut Vec<Diagnostic>) {
    for pair in deployments.windows(2) {
        if let [first, second] = pair
            && (&first.flow, &first.name) == (&second.flow, &second.name)
        {
            let at = &first.at;
            let message = format!(
                "deployment `{}/{}` is declared twice, here and at {}:{}",
                second.flow, second.name, at.file, at.line
            );
            found.push(Diagnostic::error(rules::DUPLICATE_DEPLOYMENT, second.at.clone(), message));
        }
    }
}

/// What reading one declaration file depends on.
struct Context<'a> {
    tree: &'a Tree,
    file: &'a str,
    settings: &'a Settings,
    /// A hundred deployments may share one flow.
    flows: RefCell<Reader<'a>>,
}

impl Context<'_> {
    fn at(&self, mark: Mark) -> Position {
        Position::new(self.file, mark.line, mark.column)
    }

    fn error(
        &self,
        code: impl Into<RuleCode>,
        mark: Mark,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::error(code, self.at(mark), message)
    }

    fn warning(
        &self,
        code: impl Into<RuleCode>,
        mark: Mark,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::warning(code, self.at(mark), message)
    }

    /// The folder of the file, with a slash at the end; empty for the bundle's root.
    fn folder(&self) -> &str {
        self.file.rfind('/').and_then(|at| self.file.get(..=at)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
