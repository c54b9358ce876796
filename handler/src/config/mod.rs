//! Environment -> [`Config`], all faults at once; the only reader of the environment.

mod connection_string;
mod fault;
mod http;
mod limits;
mod prefect;
mod profile;
mod read;
mod secret;
mod secrets;
mod storage;
mod unread;
mod vault;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use domain::declare::PullMode;
use domain::names::{Instance, SourceRoot};
use domain::plan::window::Window;
use domain::plan::{Prune, Share};

pub use connection_string::ConnectionString;
pub use fault::{ConfigFault, ConfigFaults};
pub use http::{EntraConfig, Http};
pub use limits::Limits;
pub use prefect::{Auth, PrefectConfig, Scheme};
pub use secret::Secret;
pub use secrets::SecretsConfig;
pub use storage::{Credential, Storage};
pub use vault::VaultConfig;

/// The settings of one installation.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub struct Config {
    /// How Prefect is reached.
    pub prefect: PrefectConfig,
    /// How Azure Storage is reached; `None` when nothing of Azure is configured (`--local`, `apply PATH`).
    pub storage: Option<Storage>,
    /// How Key Vault is reached; `None` when no vault is configured.
    pub vault: Option<VaultConfig>,
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
    /// `SYNC_OVERLAY`: the environment whose `overlays/<name>.yaml` counts in each bundle that has one.
    pub overlay: Option<String>,
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
    /// `SYNC_DRIFT` (default repair): what was changed on the server is only reported.
    pub report_drift: bool,
    /// `SYNC_KEEP_DIGESTS` (default 10): how many digests of a bundle stay staged; `None` (0): all.
    pub keep_digests: Option<usize>,
    /// `SYNC_PRUNE` (default keep): what becomes of deployments that no bundle declares any more.
    pub prune: Prune,
    /// `SYNC_PRUNE_MAX_PERCENT` (default 20) and `SYNC_PRUNE_MAX` (default 5): never more of them at once.
    pub prune_share: Share,
    /// `SYNC_PRUNE_DRAIN_SECONDS` (default 3600): how long a run that is due and has not begun holds up a deletion.
    pub prune_drain: Duration,
    /// `SYNC_WRITE_WINDOW_SECONDS` (default 15; 0: none) and `SYNC_WRITE_WAIT_SECONDS` (default 60): no run is lost by a write.
    pub window: Window,
    /// Which secrets of the vault go where.
    pub secrets: SecretsConfig,
    /// Who may ask `serve`.
    pub http: Http,
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
        Self::of_process(|name| said(name).or_else(|| profile.get(name).cloned()))
    }

    /// The settings of this process for commands that ask no server.
    ///
    /// # Errors
    /// With every fault but a missing `PREFECT_API_URL`.
    pub fn offline() -> Result<Self, ConfigFaults> {
        let default = |name: &str| {
            (name == "PREFECT_API_URL").then(|| "http://127.0.0.1:4200/api".to_owned())
        };
        Self::of_process(|name| said(name).or_else(|| default(name)))
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

/// What the environment says of `name`: an empty value is none, as for Prefect, so that one below it counts.
fn said(name: &str) -> Option<String> {
    environment(name).filter(|it| !it.trim().is_empty())
}

#[cfg(test)]
mod tests;
