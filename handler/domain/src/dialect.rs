//! What each Prefect server version understands.
//!
//! Source: the release history of the create and update models, and measurements on 3.9.1 and 2.20.27.

use std::fmt;

/// A server's version, `major.minor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// 2 or 3.
    pub major: u32,
    /// The minor release.
    pub minor: u32,
    /// The patch release.
    pub patch: u32,
}

impl Version {
    /// Reads `3.9`, `3.9.1`, `3.9.1+dev.4` or `2.20.27rc1`; a missing patch is 0.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().splitn(3, '.');
        let major = parts.next()?.parse().ok()?;
        let minor = digits(parts.next()?)?;
        let patch = parts.next().map_or(Some(0), digits)?;
        Some(Self { major, minor, patch })
    }
}

fn digits(text: &str) -> Option<u32> {
    let end = text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end)?.parse().ok()
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// A version that we do not register on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Prefect {0} is not supported: it must be 2.16 or a later 2, or any 3, such as 3.9")]
pub struct Unsupported(pub String);

/// How to speak to one server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    version: Version,
}

impl Dialect {
    /// The dialect of a server that says it is `version`.
    ///
    /// # Errors
    /// Below 2.16 (deployments have one schedule only), above 3, or not a version.
    pub fn new(version: &str) -> Result<Self, Unsupported> {
        let parsed = Version::parse(version).ok_or_else(|| Unsupported(version.to_owned()))?;
        let known = (parsed.major == 2 && parsed.minor >= 16) || parsed.major == 3;
        if known { Ok(Self { version: parsed }) } else { Err(Unsupported(version.to_owned())) }
    }

    /// Prefect Cloud: always the newest.
    pub fn cloud() -> Self {
        Self { version: Version { major: 3, minor: u32::MAX, patch: 0 } }
    }

    /// Prefect Cloud.
    pub fn is_cloud(self) -> bool {
        self.version.minor == u32::MAX
    }

    fn at_least(self, major: u32, minor: u32) -> bool {
        (self.version.major, self.version.minor) >= (major, minor)
    }

    /// The version of the server.
    pub fn version(self) -> Version {
        self.version
    }

    /// Prefect 3: one table of defaults and rules, 2.x the other.
    pub fn is_three(self) -> bool {
        self.version.major == 3
    }

    /// Schedules have a slug and parameters (3.2).
    pub fn slugs(self) -> bool {
        self.at_least(3, 2)
    }

    /// `PATCH` can set `pull_steps` and `parameter_openapi_schema` (3.2).
    pub fn patches_code(self) -> bool {
        self.at_least(3, 2)
    }

    /// `PATCH` can set `concurrency_limit` and `schedules` in one request (3.2); before, that is a 503 each time, measured on
    /// 3.0.11 and 3.1.15 (`_create_or_update_deployment_concurrency_limit` meets the deleted schedules).
    pub fn patches_limit_and_schedules(self) -> bool {
        self.at_least(3, 2)
    }

    /// `concurrency_limit` (3.0).
    pub fn concurrency_limit(self) -> bool {
        self.is_three()
    }

    /// `concurrency_options` (3.0.3).
    pub fn concurrency_options(self) -> bool {
        self.version >= Version { major: 3, minor: 0, patch: 3 }
    }

    /// A write to a deployment leaves its runs that are late (3.3.4); before, it deletes them with those to come.
    pub fn keeps_late_runs(self) -> bool {
        self.version >= Version { major: 3, minor: 3, patch: 4 }
    }

    /// The name of the job variables field: `infra_overrides` before 2.17.
    pub fn job_variables_field(self) -> &'static str {
        if self.at_least(2, 17) { "job_variables" } else { "infra_overrides" }
    }

    /// The prefect-azure releases that go with this server; unpinned, pip may install another Prefect.
    pub fn prefect_azure(self) -> &'static str {
        if self.is_three() {
            "prefect-azure[blob_storage]>=0.4"
        } else {
            "prefect-azure[blob_storage]>=0.3,<0.4"
        }
    }
}
