//! The names that a vault gives.
//!
//! Source: "Azure Key Vault keys, secrets and certificates overview", object identifiers. Both go into the path of a request as
//! they are, so nothing else may get there.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::names::NameError;

/// The name of a secret: 1 to 127 of `0-9`, `a-z`, `A-Z`, `-`; in lower case, as a vault does not tell cases apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SecretName(String);

impl SecretName {
    /// `name` as the name of a secret.
    ///
    /// # Errors
    /// When it breaks the rules of the type.
    pub fn new(name: impl Into<String>) -> Result<Self, NameError> {
        let name = name.into();
        let is_legal = |it: char| it.is_ascii_alphanumeric() || it == '-';
        if (1..=127).contains(&name.len()) && name.chars().all(is_legal) {
            return Ok(Self(name.to_ascii_lowercase()));
        }
        let rule = "must be 1 to 127 letters, digits and `-`";
        Err(NameError::new("name of a secret", name, rule))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for SecretName {
    type Error = NameError;

    fn try_from(name: String) -> Result<Self, NameError> {
        Self::new(name)
    }
}

impl From<SecretName> for String {
    fn from(name: SecretName) -> Self {
        name.0
    }
}

impl fmt::Display for SecretName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A version of a secret, as the vault names it: 1 to 64 letters, digits and `-`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VersionId(String);

impl VersionId {
    /// `id` as a version.
    ///
    /// # Errors
    /// When it breaks the rules of the type.
    pub fn new(id: impl Into<String>) -> Result<Self, NameError> {
        let id = id.into();
        let is_legal = |it: char| it.is_ascii_alphanumeric() || it == '-';
        if (1..=64).contains(&id.len()) && id.chars().all(is_legal) {
            return Ok(Self(id));
        }
        Err(NameError::new("version of a secret", id, "must be 1 to 64 letters, digits and `-`"))
    }

    /// That of a vault that names none.
    pub fn unknown() -> Self {
        Self("unknown".to_owned())
    }

    /// The version as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for VersionId {
    type Error = NameError;

    fn try_from(id: String) -> Result<Self, NameError> {
        Self::new(id)
    }
}

impl From<VersionId> for String {
    fn from(id: VersionId) -> Self {
        id.0
    }
}

impl fmt::Display for VersionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_whatever_its_case() {
        assert_eq!(SecretName::new("DB-Pass").unwrap(), SecretName::new("db-pass").unwrap());
    }

    #[test]
    fn what_would_change_the_path_of_a_request_is_no_name() {
        for name in ["", "a/b", "..", "a_b", "ä", "a?x=1", &"a".repeat(128)] {
            assert!(SecretName::new(name).is_err(), "{name}");
        }
        assert!(VersionId::new("../x").is_err());
    }
}
