//! The list of the files of a staged bundle; it lies beside the folder, and is written last.

use serde::{Deserialize, Serialize};

use crate::names::{BundleId, Digest};
use crate::tree::Tree;

/// One staged file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestFile {
    /// Path inside the bundle.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the content, 64 hex digits.
    pub sha256: String,
    /// Whether it is executable.
    #[serde(default)]
    pub executable: bool,
}

/// `<bundle>/<digest>.manifest.json`: the folder of that digest is complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this document: 1.
    pub v: u32,
    /// Whose code it is.
    pub bundle: BundleId,
    /// All 64 digits.
    pub digest: Digest,
    /// Sorted by path.
    pub files: Vec<ManifestFile>,
}

impl Manifest {
    /// The manifest of `tree`.
    pub fn of(bundle: BundleId, digest: Digest, tree: &Tree) -> Self {
        let file = |(path, entry): (&str, &crate::tree::Entry)| ManifestFile {
            path: path.to_owned(),
            size: entry.size,
            sha256: entry.sha256.clone(),
            executable: entry.executable,
        };
        Self { v: 1, bundle, digest, files: tree.entries().map(file).collect() }
    }
}
