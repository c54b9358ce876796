//! What reading declarations depends on besides the files.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::desired::BlockRef;
use crate::dialect::Dialect;
use crate::names::{BundleId, SourceRoot};

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
    /// The environment whose `overlays/<name>.yaml` counts; `None`: none does.
    pub overlay: Option<String>,
    /// What infrastructure of Prefect 2 is carried over with; `None` without a server.
    pub live: Option<Live>,
    /// Which pull steps are registered.
    pub pull: PullMode,
    /// Append `pip_install_requirements` to a generated pull when the bundle has a `requirements.txt`.
    pub pip_install: bool,
    /// Where the code lies.
    pub code: Code,
}
