//! Declaration files -> [`Desired`]: what a bundle asks for, read and never executed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::desired::Desired;
use crate::dialect::Dialect;
use crate::names::BundleId;
use crate::tree::Tree;

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
    },
    /// A folder on this machine (`serve --local`, `apply PATH` without a store): absolute, without a slash at the end.
    Folder(String),
}

/// What reading depends on besides the files.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The server's version.
    pub dialect: Dialect,
    /// The bundle's id.
    pub bundle: BundleId,
    /// Environment that `{{ $NAME }}` may see: exactly the names that the operator allows and that have a value.
    pub environment: BTreeMap<String, String>,
    /// The server's variables by name; `None` without a server: then their placeholders stay, with a note.
    pub variables: Option<BTreeMap<String, Value>>,
    /// Which pull steps are registered.
    pub pull: PullMode,
    /// Append `pip_install_requirements` to a generated pull when the bundle has a `requirements.txt`.
    pub pip_install: bool,
    /// Where the code lies.
    pub code: Code,
}

/// The names of server variables that the declarations of `tree` mention (`{{ prefect.variables.NAME }}`).
pub fn variables_wanted(_tree: &Tree) -> BTreeSet<String> {
    BTreeSet::new()
}

/// All that the declarations of `tree` ask for, with every problem found.
pub fn desired(_tree: &Tree, _settings: &Settings) -> Desired {
    Desired::default()
}
