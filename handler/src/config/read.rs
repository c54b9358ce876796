//! Environment -> [`Config`], with every fault.

mod http;
mod prefect;
mod secrets;
mod storage;
mod vault;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use domain::declare::PullMode;
use domain::names::{Instance, SourceRoot};
use domain::plan::window::Window;
use domain::plan::{Prune, Share};

use super::{Config, ConfigFault, Limits, Storage};

/// Seconds.
const DAY: u64 = 86_400;

/// Reads settings and gathers what is wrong with them.
pub(super) struct Reader<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    faults: Vec<ConfigFault>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(lookup: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { lookup, faults: Vec::new() }
    }

    /// The whole configuration, or every fault of it.
    pub(super) fn config(mut self) -> Result<Config, Vec<ConfigFault>> {
        let prefect = self.prefect();
        let storage = self.storage();
        let vault = self.vault();
        let instance = self.instance(storage.as_ref());
        let config = Config {
            prefect,
            storage,
            vault,
            bundles_container: self.or("SYNC_BUNDLES_CONTAINER", "bundles"),
            code_container: self.or("SYNC_CODE_CONTAINER", "code"),
            receipts_container: self.or("SYNC_RECEIPTS_CONTAINER", "receipts"),
            jobs_queue: self.or("SYNC_JOBS_QUEUE", "sync-jobs"),
            events_queue: self.or("SYNC_EVENTS_QUEUE", "sync-events"),
            instance,
            environment: self.environment(),
            bundle_name: self.bundle_name(),
            source_roots: self.source_roots(),
            default_pool: self.text("SYNC_WORK_POOL"),
            pull: self.pull(),
            pip_install: self.flag("SYNC_PIP_INSTALL"),
            create_pools: self.flag("SYNC_CREATE_POOLS"),
            pool_type: self.or("SYNC_POOL_TYPE", "kubernetes"),
            overlay: self.overlay(),
            adopt: self.flag("SYNC_ADOPT"),
            partial: self.flag("SYNC_PARTIAL"),
            credentials_block: self.or("SYNC_CREDENTIALS_BLOCK", "prefect-azure-sync"),
            storage_block: self.or("SYNC_STORAGE_BLOCK", "prefect-azure-sync"),
            credentials_copy: self.flag("SYNC_CREDENTIALS_COPY"),
            reconcile_every: self.seconds("SYNC_RECONCILE_SECONDS", 300, (10, "10 to 86400")),
            function_timeout: self.seconds(
                "SYNC_FUNCTION_TIMEOUT_SECONDS",
                300,
                (120, "120 to 86400"),
            ),
            report_drift: self.report_drift(),
            keep_digests: Some(self.number("SYNC_KEEP_DIGESTS", 10)).filter(|it| *it > 0),
            prune: self.prune(),
            prune_share: self.share(),
            prune_drain: self.seconds("SYNC_PRUNE_DRAIN_SECONDS", 3600, (0, "0 to 86400")),
            window: self.window(),
            secrets: self.secrets(),
            http: self.http(),
            ca_file: self.text("SYNC_CA_FILE").map(PathBuf::from),
            limits: self.limits(),
        };
        if self.faults.is_empty() { Ok(config) } else { Err(self.faults) }
    }

    fn fault(&mut self, setting: &'static str, want: &'static str) {
        self.faults.push(ConfigFault::Wrong { setting, want });
    }

    /// A setting that is needed; no fault when it is set, as what is wrong with it was told then.
    fn missing(&mut self, setting: &'static str, want: &'static str) {
        if self.text(setting).is_none() {
            self.faults.push(ConfigFault::Missing { setting, want });
        }
    }

    /// The value of `name`; one that is empty is not set.
    fn text(&self, name: &str) -> Option<String> {
        (self.lookup)(name).map(|it| it.trim().to_owned()).filter(|it| !it.is_empty())
    }

    fn or(&self, name: &str, default: &str) -> String {
        self.text(name).unwrap_or_else(|| default.to_owned())
    }

    fn flag(&mut self, name: &'static str) -> bool {
        match self.text(name).map(|it| it.to_lowercase()).as_deref() {
            None | Some("false" | "0" | "no") => false,
            Some("true" | "1" | "yes") => true,
            Some(_) => {
                self.fault(name, "true or false");
                false
            }
        }
    }

    fn number<T: FromStr>(&mut self, name: &'static str, default: T) -> T {
        match self.text(name).map(|it| it.parse()) {
            None => default,
            Some(Ok(number)) => number,
            Some(Err(_)) => {
                self.fault(name, "a whole number");
                default
            }
        }
    }

    /// From `least` to a day: a time that is added to the clock must not leave its range.
    fn seconds(
        &mut self,
        name: &'static str,
        default: u64,
        (least, want): (u64, &'static str),
    ) -> Duration {
        let seconds = self.number(name, default);
        if !(least..=DAY).contains(&seconds) {
            self.fault(name, want);
        }
        Duration::from_secs(seconds)
    }

    fn report_drift(&mut self) -> bool {
        match self.or("SYNC_DRIFT", "repair").as_str() {
            "repair" => false,
            "report" => true,
            _ => {
                self.fault("SYNC_DRIFT", "repair or report");
                false
            }
        }
    }

    fn prune(&mut self) -> Prune {
        match self.or("SYNC_PRUNE", "keep").as_str() {
            "keep" => Prune::Keep,
            "pause" => Prune::Pause,
            "delete" => Prune::Delete,
            _ => {
                self.fault("SYNC_PRUNE", "keep, pause or delete");
                Prune::Keep
            }
        }
    }

    fn share(&mut self) -> Share {
        let it = Share::default();
        Share {
            percent: self.number("SYNC_PRUNE_MAX_PERCENT", it.percent),
            count: self.number("SYNC_PRUNE_MAX", it.count),
        }
    }

    fn window(&mut self) -> Window {
        let before = self.seconds("SYNC_WRITE_WINDOW_SECONDS", 15, (0, "0 to 86400"));
        let wait = self.seconds("SYNC_WRITE_WAIT_SECONDS", 60, (0, "0 to 86400"));
        Window { before, wait }
    }

    fn url(&mut self, name: &'static str) -> Option<url::Url> {
        let parsed = self.text(name)?.trim_end_matches('/').parse::<url::Url>().ok();
        let parsed = parsed.filter(|it| matches!(it.scheme(), "http" | "https"));
        if parsed.is_none() {
            self.fault(name, "an http or https address");
        }
        parsed
    }

    fn instance(&mut self, storage: Option<&Storage>) -> Instance {
        let given = self.text("SYNC_INSTANCE").or_else(|| storage.and_then(storage::account));
        let name = given.unwrap_or_else(|| "local".to_owned());
        if let Ok(instance) = Instance::new(name) {
            return instance;
        }
        self.fault("SYNC_INSTANCE", "1 to 63 of a-z, 0-9 and -");
        Instance::default()
    }

    /// The parts of a comma-separated text.
    fn list(&self, name: &str) -> Vec<String> {
        let text = self.text(name).unwrap_or_default();
        text.split(',').map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect()
    }

    fn environment(&self) -> BTreeMap<String, String> {
        let names = self.list("SYNC_ENV").into_iter();
        names.filter_map(|it| (self.lookup)(&it).map(|value| (it, value))).collect()
    }

    fn bundle_name(&mut self) -> Option<String> {
        let name = "SYNC_BUNDLE_NAME";
        let given = self.text(name)?;
        if given.contains(['/', '\\']) {
            self.fault(name, "the name of one folder");
        }
        Some(given)
    }

    fn overlay(&mut self) -> Option<String> {
        let given = self.text("SYNC_OVERLAY")?;
        if given.contains(['/', '\\']) || given.starts_with('.') {
            self.fault("SYNC_OVERLAY", "the name of a file in overlays/, without its ending");
        }
        Some(given)
    }

    fn source_roots(&mut self) -> Vec<SourceRoot> {
        let name = "SYNC_SOURCE_ROOTS";
        let given = self.list(name).into_iter().map(SourceRoot::new).collect::<Result<Vec<_>, _>>();
        match given {
            Ok(list) if !list.is_empty() => list,
            Ok(_) => SourceRoot::usual(),
            Err(_) => {
                self.fault(name, "folders of the bundle, with commas, such as src,lib");
                SourceRoot::usual()
            }
        }
    }

    fn pull(&mut self) -> PullMode {
        match self.or("SYNC_PULL", "auto").as_str() {
            "auto" => PullMode::Auto,
            "declared" => PullMode::Declared,
            "staged" => PullMode::Staged,
            _ => {
                self.fault("SYNC_PULL", "auto, declared or staged");
                PullMode::Auto
            }
        }
    }

    fn limits(&mut self) -> Limits {
        let it = Limits::default();
        Limits {
            archive_bytes: self.number("SYNC_MAX_ARCHIVE_BYTES", it.archive_bytes),
            expanded_bytes: self.number("SYNC_MAX_EXPANDED_BYTES", it.expanded_bytes),
            ratio: self.number("SYNC_MAX_RATIO", it.ratio),
            entries: self.number("SYNC_MAX_ENTRIES", it.entries),
            depth: self.number("SYNC_MAX_DEPTH", it.depth),
            name_bytes: self.number("SYNC_MAX_NAME_BYTES", it.name_bytes),
        }
    }
}

/// What the settings `pairs` come to, with an address of Prefect.
#[cfg(test)]
fn config(pairs: &[(&str, &str)]) -> Result<Config, Vec<ConfigFault>> {
    let lookup = |name: &str| match name {
        "PREFECT_API_URL" => Some("http://h/api".to_owned()),
        _ => pairs.iter().find(|it| it.0 == name).map(|it| it.1.to_owned()),
    };
    Reader::new(&lookup).config()
}
