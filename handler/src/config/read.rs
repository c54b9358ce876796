//! Environment -> [`Config`], with every fault.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use domain::declare::PullMode;
use domain::names::Instance;

use super::{Auth, Config, ConfigFault, Credential, Limits, PrefectConfig, Secret, Storage};

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
        let instance = self.instance(storage.as_ref());
        let config = Config {
            prefect,
            storage,
            bundles_container: self.or("SYNC_BUNDLES_CONTAINER", "bundles"),
            code_container: self.or("SYNC_CODE_CONTAINER", "code"),
            receipts_container: self.or("SYNC_RECEIPTS_CONTAINER", "receipts"),
            jobs_queue: self.or("SYNC_JOBS_QUEUE", "sync-jobs"),
            events_queue: self.or("SYNC_EVENTS_QUEUE", "sync-events"),
            instance,
            environment: self.environment(),
            pull: self.pull(),
            pip_install: self.flag("SYNC_PIP_INSTALL"),
            create_pools: self.flag("SYNC_CREATE_POOLS"),
            pool_type: self.or("SYNC_POOL_TYPE", "kubernetes"),
            adopt: self.flag("SYNC_ADOPT"),
            credentials_block: self.or("SYNC_CREDENTIALS_BLOCK", "prefect-azure-sync"),
            credentials_copy: self.flag("SYNC_CREDENTIALS_COPY"),
            reconcile_every: self.seconds("SYNC_RECONCILE_SECONDS", 300, (10, "10 to 86400")),
            function_timeout: self.seconds(
                "SYNC_FUNCTION_TIMEOUT_SECONDS",
                300,
                (120, "120 to 86400"),
            ),
            http_token: self.text("SYNC_HTTP_TOKEN").map(Secret::new),
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

    fn writes_at_once(&mut self) -> Option<usize> {
        let name = "SYNC_PREFECT_WRITES_AT_ONCE";
        self.text(name)?;
        let count = self.number(name, 1);
        if count == 0 {
            self.fault(name, "1 or more");
        }
        Some(count)
    }

    fn url(&mut self, name: &'static str) -> Option<url::Url> {
        let parsed = self.text(name)?.trim_end_matches('/').parse::<url::Url>().ok();
        let parsed = parsed.filter(|it| matches!(it.scheme(), "http" | "https"));
        if parsed.is_none() {
            self.fault(name, "an http or https address");
        }
        parsed
    }

    fn prefect(&mut self) -> PrefectConfig {
        let url = self.url("PREFECT_API_URL");
        self.missing(
            "PREFECT_API_URL",
            "the address of Prefect's API, such as http://127.0.0.1:4200/api or that of a Cloud workspace",
        );
        let auth = match (self.text("PREFECT_API_AUTH_STRING"), self.text("PREFECT_API_KEY")) {
            (Some(pair), _) => Auth::Basic(Secret::new(pair)),
            (None, Some(key)) => Auth::Key(Secret::new(key)),
            (None, None) => Auth::None,
        };
        PrefectConfig {
            url: url.map(String::from).unwrap_or_default(),
            auth,
            headers: self.headers(),
            ca_file: self.text("PREFECT_API_SSL_CERT_FILE").map(PathBuf::from),
            skip_verify: self.flag("PREFECT_API_TLS_INSECURE_SKIP_VERIFY"),
            timeout: self.seconds("SYNC_PREFECT_TIMEOUT_SECONDS", 60, (1, "1 to 86400")),
            max_requests: self.number("SYNC_PREFECT_MAX_REQUESTS", 20_000),
            writes_at_once: self.writes_at_once(),
        }
    }

    fn headers(&mut self) -> Vec<(String, Secret)> {
        let Some(text) = self.text("PREFECT_CLIENT_CUSTOM_HEADERS") else { return Vec::new() };
        let Ok(map) = serde_json::from_str::<BTreeMap<String, String>>(&text) else {
            self.fault("PREFECT_CLIENT_CUSTOM_HEADERS", "a JSON object of texts");
            return Vec::new();
        };
        let ours = ["user-agent", "prefect-csrf-token", "prefect-csrf-client"];
        let theirs =
            map.into_iter().filter(|(name, _)| !ours.contains(&name.to_lowercase().as_str()));
        theirs.map(|(name, value)| (name, Secret::new(value))).collect()
    }

    fn storage(&mut self) -> Option<Storage> {
        if let Some(text) = self.text("SyncStorage") {
            return Some(Storage::ConnectionString(Secret::new(text)));
        }
        let blob = self.url("SyncStorage__blobServiceUri");
        let queue = self.url("SyncStorage__queueServiceUri");
        match (blob, queue) {
            (None, None) => None,
            (Some(blob), Some(queue)) => {
                let client_id = self.text("SyncStorage__clientId");
                let credential = self.credential();
                Some(Storage::Identity { blob, queue, client_id, credential })
            }
            (Some(_), None) => {
                self.missing(
                    "SyncStorage__queueServiceUri",
                    "the queue endpoint, https://ACCOUNT.queue.core.windows.net",
                );
                None
            }
            (None, Some(_)) => {
                self.missing(
                    "SyncStorage__blobServiceUri",
                    "the blob endpoint, https://ACCOUNT.blob.core.windows.net",
                );
                None
            }
        }
    }

    /// Which identity this place has: workload (AKS), managed (Functions), or a developer's tools.
    fn credential(&self) -> Credential {
        if self.text("AZURE_FEDERATED_TOKEN_FILE").is_some() {
            Credential::Workload
        } else if self.text("IDENTITY_ENDPOINT").is_some()
            || self.text("SyncStorage__credential").is_some()
        {
            Credential::Managed
        } else {
            Credential::Developer
        }
    }

    fn instance(&mut self, storage: Option<&Storage>) -> Instance {
        let given = self.text("SYNC_INSTANCE").or_else(|| storage.and_then(account));
        let name = given.unwrap_or_else(|| "local".to_owned());
        if let Ok(instance) = Instance::new(name) {
            return instance;
        }
        self.fault("SYNC_INSTANCE", "1 to 63 of a-z, 0-9 and -");
        Instance::default()
    }

    fn environment(&self) -> BTreeMap<String, String> {
        let names = self.text("SYNC_ENV").unwrap_or_default();
        let names = names.split(',').map(str::trim).filter(|it| !it.is_empty());
        names.filter_map(|it| Some((it.to_owned(), (self.lookup)(it)?))).collect()
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

/// The storage account's name.
fn account(storage: &Storage) -> Option<String> {
    match storage {
        Storage::Identity { blob, .. } => of_endpoint(blob),
        Storage::ConnectionString(text) => {
            let text = text.expose();
            let part = |name: &str| {
                let mut pairs = text.split(';').filter_map(|it| it.trim().split_once('='));
                pairs.find(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1)
            };
            if part("UseDevelopmentStorage").is_some() {
                return Some("devstoreaccount1".to_owned());
            }
            // with a signature the account stands in the endpoint alone
            let endpoint = || of_endpoint(&part("BlobEndpoint")?.parse().ok()?);
            part("AccountName").map(str::to_owned).or_else(endpoint)
        }
    }
}

/// `https://ACCOUNT.blob.core.windows.net`, or the emulator's `http://127.0.0.1:10000/ACCOUNT`
fn of_endpoint(blob: &url::Url) -> Option<String> {
    match blob.host()? {
        url::Host::Domain(name) => name.split('.').next().map(str::to_owned),
        _ => blob.path_segments()?.next().map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_installation_is_named_after_its_account_however_that_is_given() {
        let blob = "SyncStorage__blobServiceUri";
        for (name, value) in [
            ("SyncStorage", "AccountName=acme;AccountKey=k=="),
            (
                "SyncStorage",
                "BlobEndpoint=https://acme.blob.example/;QueueEndpoint=https://q/;SharedAccessSignature=s",
            ),
            (
                "SyncStorage",
                "BlobEndpoint=http://127.0.0.1:1/acme;QueueEndpoint=http://q/;SharedAccessSignature=s",
            ),
            (blob, "https://acme.blob.core.windows.net"),
        ] {
            let lookup = |it: &str| match it {
                "PREFECT_API_URL" => Some("http://h/api".to_owned()),
                "SyncStorage__queueServiceUri" if name == blob => Some("https://q/".to_owned()),
                it => (it == name).then(|| value.to_owned()),
            };
            let config = Reader::new(&lookup).config().unwrap();
            assert_eq!(config.instance.as_str(), "acme", "{value}");
        }
    }
}
