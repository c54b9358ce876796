//! How Prefect is reached.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr;

use super::Reader;
use crate::config::{Auth, PrefectConfig, Secret};

impl Reader<'_> {
    pub(super) fn prefect(&mut self) -> PrefectConfig {
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
            requests_per_minute: self.at_least_one("SYNC_PREFECT_REQUESTS_PER_MINUTE"),
            writes_at_once: self.at_least_one("SYNC_PREFECT_WRITES_AT_ONCE"),
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

    fn at_least_one<T: FromStr + From<u8> + PartialOrd>(
        &mut self,
        name: &'static str,
    ) -> Option<T> {
        self.text(name)?;
        let count = self.number(name, T::from(1));
        if count < T::from(1) {
            self.fault(name, "1 or more");
        }
        Some(count)
    }
}
