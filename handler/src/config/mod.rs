//! Environment -> [`Config`], all faults at once; the only reader of the environment.

mod connection_string;
mod fault;
mod profile;
mod read;
mod unread;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use domain::declare::PullMode;
use domain::names::{Instance, SourceRoot};

pub use connection_string::ConnectionString;
pub use fault::{ConfigFault, ConfigFaults};

/// A text that must not be shown: no `Debug`, `Display` or `Serialize` of its content.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Wraps `value`.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value, for the one call that sends it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(***)")
    }
}

/// How Prefect's API is reached.
#[derive(Debug)]
pub struct PrefectConfig {
    /// `PREFECT_API_URL`, with `/api` or the Cloud workspace, without a slash at the end.
    pub url: String,
    /// `PREFECT_API_AUTH_STRING` (wins) or `PREFECT_API_KEY`.
    pub auth: Auth,
    /// `PREFECT_CLIENT_CUSTOM_HEADERS`, values secret.
    pub headers: Vec<(String, Secret)>,
    /// `PREFECT_API_SSL_CERT_FILE`: replaces the system's roots.
    pub ca_file: Option<PathBuf>,
    /// `PREFECT_API_TLS_INSECURE_SKIP_VERIFY`.
    pub skip_verify: bool,
    /// `SYNC_PREFECT_TIMEOUT_SECONDS` (default 60): one request.
    pub timeout: Duration,
    /// `SYNC_PREFECT_MAX_REQUESTS` (default 20000): the budget of one job, retries included.
    pub max_requests: u32,
    /// `SYNC_PREFECT_WRITES_AT_ONCE`; `None`: by the server.
    pub writes_at_once: Option<usize>,
}

impl PrefectConfig {
    /// The address with `/api` at its end, which was probably meant; `None` when it has that. Without a user or password.
    pub fn with_api(&self) -> Option<String> {
        let url: url::Url = self.url.parse().ok()?;
        let mut segments = url.path_segments()?;
        if segments.any(|it| it == "api") {
            return None;
        }
        let path = url.path().trim_end_matches('/');
        Some(format!("{}{path}/api", url.origin().ascii_serialization()))
    }
}

/// How we prove who we are to Prefect.
#[derive(Debug)]
pub enum Auth {
    /// Nothing is sent.
    None,
    /// `Authorization: Basic base64(<whole string>)`, `user:password`.
    Basic(Secret),
    /// `Authorization: Bearer <key>`.
    Key(Secret),
}

/// How Azure Storage is reached (connection name `SyncStorage`, as the Functions host has it).
#[derive(Debug)]
pub enum Storage {
    /// `SyncStorage`: a connection string with an account key or SAS, or `UseDevelopmentStorage=true`.
    ConnectionString(Secret),
    /// `SyncStorage__blobServiceUri` and `SyncStorage__queueServiceUri`, with an identity.
    Identity {
        /// Blob endpoint.
        blob: url::Url,
        /// Queue endpoint.
        queue: url::Url,
        /// `SyncStorage__clientId`: a user-assigned identity.
        client_id: Option<String>,
        /// Which credential the environment offers.
        credential: Credential,
    },
}

/// The identity that is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// `AZURE_FEDERATED_TOKEN_FILE` is set: workload identity of Kubernetes.
    Workload,
    /// `IDENTITY_ENDPOINT` is set, or `SyncStorage__credential` is `managedidentity`.
    Managed,
    /// Neither: the login of `az` or `azd`.
    Developer,
}

/// What an archive may hold; each is a setting `SYNC_MAX_…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// `SYNC_MAX_ARCHIVE_BYTES` (default 512 MiB): compressed.
    pub archive_bytes: u64,
    /// `SYNC_MAX_EXPANDED_BYTES` (default 2 GiB): all files together.
    pub expanded_bytes: u64,
    /// `SYNC_MAX_RATIO` (default 200): expanded to compressed, looked at above 1 MiB.
    pub ratio: u64,
    /// `SYNC_MAX_ENTRIES` (default 20000).
    pub entries: usize,
    /// `SYNC_MAX_DEPTH` (default 32): folders of a path.
    pub depth: usize,
    /// `SYNC_MAX_NAME_BYTES` (default 255): one segment of a path.
    pub name_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            archive_bytes: 512 << 20,
            expanded_bytes: 2 << 30,
            ratio: 200,
            entries: 20_000,
            depth: 32,
            name_bytes: 255,
        }
    }
}

/// The settings of one installation.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub struct Config {
    /// How Prefect is reached.
    pub prefect: PrefectConfig,
    /// How Azure Storage is reached; `None` when nothing of Azure is configured (`--local`, `apply PATH`).
    pub storage: Option<Storage>,
    /// `SYNC_BUNDLES_CONTAINER` (default `bundles`).
    pub bundles_container: String,
    /// `SYNC_CODE_CONTAINER` (default `code`).
    pub code_container: String,
    /// `SYNC_RECEIPTS_CONTAINER` (default `receipts`).
    pub receipts_container: String,
    /// `SYNC_JOBS_QUEUE` (default `sync-jobs`; function.json names it too).
    pub jobs_queue: String,
    /// `SYNC_EVENTS_QUEUE` (default `sync-events`), read by `serve`.
    pub events_queue: String,
    /// `SYNC_INSTANCE` (default: the storage account's name, or `local`).
    pub instance: Instance,
    /// `SYNC_ENV` (comma-separated names) with their values: what `{{ $NAME }}` may see.
    pub environment: BTreeMap<String, String>,
    /// `SYNC_BUNDLE_NAME` (default: the last segment of the bundle's id): the folder that declarations think they lie in.
    pub bundle_name: Option<String>,
    /// `SYNC_SOURCE_ROOTS` (default `src`, comma-separated): folders of a bundle that its modules are imported from.
    pub source_roots: Vec<SourceRoot>,
    /// `SYNC_PULL`.
    pub pull: PullMode,
    /// `SYNC_PIP_INSTALL` (default false).
    pub pip_install: bool,
    /// `SYNC_CREATE_POOLS` (default false).
    pub create_pools: bool,
    /// `SYNC_WORK_POOL`: the work pool of deployments that name none.
    pub default_pool: Option<String>,
    /// `SYNC_POOL_TYPE` (default `kubernetes`): the type of a pool that is created.
    pub pool_type: String,
    /// `SYNC_ADOPT` (default false).
    pub adopt: bool,
    /// `SYNC_PARTIAL` (default false): register what is sound of a bundle with errors.
    pub partial: bool,
    /// `SYNC_CREDENTIALS_BLOCK` (default `prefect-azure-sync`): the credentials block of generated pull steps.
    pub credentials_block: String,
    /// `SYNC_STORAGE_BLOCK` (default `prefect-azure-sync`): the `azure` block that agents of Prefect 2 read the code with.
    pub storage_block: String,
    /// `SYNC_CREDENTIALS_COPY` (default false): put our own connection string into these blocks when they are created.
    pub credentials_copy: bool,
    /// `SYNC_RECONCILE_SECONDS` (default 300): the timer of `serve`.
    pub reconcile_every: Duration,
    /// `SYNC_FUNCTION_TIMEOUT_SECONDS` (default 300, as host.json): a job stops 60 s before.
    pub function_timeout: Duration,
    /// `SYNC_HTTP_TOKEN`: bearer token of `serve`'s HTTP endpoints.
    pub http_token: Option<Secret>,
    /// `SYNC_CA_FILE`: further root certificates for Azure.
    pub ca_file: Option<PathBuf>,
    /// What an archive may hold.
    pub limits: Limits,
}

impl Config {
    /// The settings that `lookup` gives.
    ///
    /// # Errors
    /// With every fault.
    pub fn from_env(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigFaults> {
        read::Reader::new(&lookup).config().map_err(ConfigFaults)
    }

    /// The settings of this process.
    ///
    /// # Errors
    /// With every fault.
    pub fn load() -> Result<Self, ConfigFaults> {
        Self::of_process(environment)
    }

    /// The settings of this process, and below them those of the person's Prefect profile: as `prefect` itself has it.
    ///
    /// # Errors
    /// With every fault; also when the profile cannot be read.
    pub fn of_person() -> Result<Self, ConfigFaults> {
        let profile = profile::settings(&environment).map_err(|it| ConfigFaults(vec![it]))?;
        Self::of_process(|name| environment(name).or_else(|| profile.get(name).cloned()))
    }

    /// The settings of this process for commands that ask no server.
    ///
    /// # Errors
    /// With every fault but a missing `PREFECT_API_URL`.
    pub fn offline() -> Result<Self, ConfigFaults> {
        let default = |name: &str| {
            (name == "PREFECT_API_URL").then(|| "http://127.0.0.1:4200/api".to_owned())
        };
        Self::of_process(|name| environment(name).or_else(|| default(name)))
    }

    /// The settings that `lookup` gives; a name of ours in the environment that is none of them is logged.
    fn of_process(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigFaults> {
        let asked = unread::Asked::default();
        let config = Self::from_env(asked.noting(lookup));
        let set = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
        for sentence in asked.unread(set) {
            tracing::warn!("{sentence}");
        }
        config
    }
}

/// The port that the Functions host wants us on; `None` when it did not start us.
pub fn handler_port() -> Option<u16> {
    environment("FUNCTIONS_CUSTOMHANDLER_PORT")?.parse().ok()
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[cfg(test)]
mod tests;
