//! A bundle's content: which files count, their digest, what an archive may hold.

mod digest;
mod ignored;
mod manifest;
mod paths;
mod retention;

pub use digest::{digest, sha256_hex};
pub(crate) use ignored::is_yaml_of;
pub use ignored::{is_declaration, without_ignored};
pub use manifest::{Manifest, ManifestFile};
pub use paths::{PathLimits, Paths};
pub use retention::{Staged, expired, leftovers};
