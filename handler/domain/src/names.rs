//! Names that have rules, each made by one constructor.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a name was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} `{name}` {rule}")]
pub struct NameError {
    what: &'static str,
    name: String,
    rule: &'static str,
}

impl NameError {
    /// `name`, which is no `what`: it breaks `rule`, a phrase that goes on from it.
    pub(crate) fn new(what: &'static str, name: String, rule: &'static str) -> Self {
        Self { what, name, rule }
    }
}

/// The id of a bundle: its blob's name without the extension, `team-a/sales-etl`.
///
/// Segments of `[A-Za-z0-9][A-Za-z0-9._-]*` joined by `/`, at most 200 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BundleId(String);

/// The extensions of an archive, longest first.
pub const EXTENSIONS: [&str; 3] = [".tar.gz", ".tgz", ".zip"];

impl BundleId {
    /// `name` as a bundle id.
    ///
    /// # Errors
    /// When it breaks the rules of the type.
    pub fn new(name: impl Into<String>) -> Result<Self, NameError> {
        let name = name.into();
        let rule = if name.is_empty() || name.len() > 200 {
            Some("must have 1 to 200 characters")
        } else if !name.split('/').all(is_segment) {
            Some(
                "must be segments of letters, digits, `.`, `_`, `-` that start with a letter or digit, joined by `/`",
            )
        } else {
            None
        };
        match rule {
            Some(rule) => Err(NameError { what: "bundle id", name, rule }),
            None => Ok(Self(name)),
        }
    }

    /// The id and the extension of the blob `name`; `None` when it is no archive.
    pub fn of_blob(name: &str) -> Option<Result<(Self, &'static str), NameError>> {
        let extension = EXTENSIONS.into_iter().find(|it| name.to_lowercase().ends_with(it))?;
        let id = name.get(..name.len() - extension.len()).unwrap_or_default();
        Some(Self::new(id).map(|id| (id, extension)))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its last segment.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }
}

fn is_segment(segment: &str) -> bool {
    segment.starts_with(|it: char| it.is_ascii_alphanumeric())
        && segment.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '.' | '_' | '-'))
}

impl TryFrom<String> for BundleId {
    type Error = NameError;

    fn try_from(name: String) -> Result<Self, NameError> {
        Self::new(name)
    }
}

impl From<BundleId> for String {
    fn from(id: BundleId) -> Self {
        id.0
    }
}

impl fmt::Display for BundleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A folder of the bundle that modules are imported from: `src/`, or nothing for the root of the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRoot(String);

impl SourceRoot {
    /// `name` as a folder of the bundle; `.` and slashes at its ends change nothing.
    ///
    /// # Errors
    /// When it is not inside the bundle.
    pub fn new(name: impl Into<String>) -> Result<Self, NameError> {
        let name = name.into();
        let path = name.trim();
        if path.starts_with('/')
            || path.contains(['\\', ':'])
            || path.split('/').any(|it| it == "..")
        {
            let rule = "must be a folder of the bundle, such as `src`";
            return Err(NameError { what: "source root", name, rule });
        }
        let parts = path.split('/').filter(|it| !matches!(*it, "" | "."));
        Ok(Self(parts.flat_map(|it| [it, "/"]).collect()))
    }

    /// `src`, which most projects that have one use.
    pub fn usual() -> Vec<Self> {
        vec![Self("src/".to_owned())]
    }

    /// The folder with a slash at its end; empty for the root.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The SHA-256 of a bundle's content, 64 hex digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(String);

impl Digest {
    /// `hex` as a digest.
    ///
    /// # Errors
    /// When it is not 64 lower-case hex digits.
    pub fn new(hex: impl Into<String>) -> Result<Self, NameError> {
        let hex = hex.into();
        let fits = hex.len() == 64 && hex.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
        if fits {
            Ok(Self(hex))
        } else {
            Err(NameError { what: "digest", name: hex, rule: "must be 64 lower-case hex digits" })
        }
    }

    /// The digest whose bytes are `hash`.
    pub fn of_hash(hash: &[u8; 32]) -> Self {
        use fmt::Write as _;
        let mut hex = String::with_capacity(64);
        for byte in hash {
            let _infallible = write!(hex, "{byte:02x}");
        }
        Self(hex)
    }

    /// All 64 digits, as documents have it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first 12 digits, as every path has it.
    pub fn short(&self) -> &str {
        self.0.get(..12).unwrap_or(&self.0)
    }
}

impl TryFrom<String> for Digest {
    type Error = NameError;

    fn try_from(hex: String) -> Result<Self, NameError> {
        Self::new(hex)
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.0
    }
}

/// The name of this installation on a Prefect server: `[a-z0-9-]`, 1 to 63 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance(String);

impl Instance {
    /// What every marker tag starts with: `bundle:<instance>/<bundle>`.
    pub const MARKER: &str = "bundle:";

    /// `name` as an instance name.
    ///
    /// # Errors
    /// When it breaks the rule of the type.
    pub fn new(name: impl Into<String>) -> Result<Self, NameError> {
        let name = name.into();
        let fits = (1..=63).contains(&name.len())
            && name.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-');
        if fits {
            Ok(Self(name))
        } else {
            let rule = "must be 1 to 63 of `a-z`, `0-9`, `-`";
            Err(NameError { what: "instance", name, rule })
        }
    }

    /// The tag that marks an object of `bundle` as ours.
    pub fn marker(&self, bundle: &BundleId) -> String {
        format!("{}{bundle}", self.marker_prefix())
    }

    /// Whether `tag` marks an object of any installation.
    pub fn is_marker(tag: &str) -> bool {
        tag.strip_prefix(Self::MARKER).is_some_and(|it| it.contains('/'))
    }

    /// What every tag of this installation starts with.
    pub fn marker_prefix(&self) -> String {
        format!("{}{}/", Self::MARKER, self.0)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Instance {
    /// `local`: no storage account to be named after.
    fn default() -> Self {
        Self("local".to_owned())
    }
}
