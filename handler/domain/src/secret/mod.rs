//! Secrets of a vault -> fields of Prefect blocks. Values never come here: a plan names a secret and its version.

mod name;
mod properties;

pub use name::{SecretName, VersionId};
pub use properties::Properties;
