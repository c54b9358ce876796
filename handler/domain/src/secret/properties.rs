//! What a vault tells of a secret without its value.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{SecretName, VersionId};

/// One version of a secret, or the current one as a listing has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Properties {
    /// Its name.
    pub name: SecretName,
    /// Its version; a listing of all secrets names none.
    pub version: Option<VersionId>,
    /// Whether its value can be read.
    pub enabled: bool,
    /// When it was made; a vault counts whole seconds.
    pub created: Option<Timestamp>,
    /// When it, its tags or dates were changed last.
    pub updated: Option<Timestamp>,
    /// Not to be used before.
    pub not_before: Option<Timestamp>,
    /// Not to be used from then on. A vault gives its value all the same.
    pub expires: Option<Timestamp>,
    /// What its value is, such as `application/json`.
    pub content_type: Option<String>,
    /// The vault made it: it has the key of a certificate.
    pub managed: bool,
    /// Its tags; each version has its own.
    pub tags: BTreeMap<String, String>,
}
