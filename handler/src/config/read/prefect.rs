//! How Prefect is reached.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr;

use domain::secret::SecretName;

use super::Reader;

use crate::config::{Auth, PrefectConfig, Scheme, Secret};

/// How a reference begins that the platform passes on as it is when it cannot resolve it.
/// Source: Azure App Service, "Use Key Vault references as app settings".
const UNRESOLVED: &str = "@Microsoft.KeyVault(";

impl Reader<'_> {
    pub(super) fn prefect(&mut self) -> PrefectConfig {
        let url = self.url("PREFECT_API_URL");
        self.missing(
            "PREFECT_API_URL",
            "the address of Prefect's API, such as http://127.0.0.1:4200/api or that of a Cloud workspace",
        );
        PrefectConfig {
            url: url.map(String::from).unwrap_or_default(),
            auth: self.auth(),
            headers: self.headers(),
            ca_file: self.text("PREFECT_API_SSL_CERT_FILE").map(PathBuf::from),
            skip_verify: self.flag("PREFECT_API_TLS_INSECURE_SKIP_VERIFY"),
            timeout: self.seconds("SYNC_PREFECT_TIMEOUT_SECONDS", 60, (1, "1 to 86400")),
            max_requests: self.number("SYNC_PREFECT_MAX_REQUESTS", 20_000),
            requests_per_minute: self.at_least_one("SYNC_PREFECT_REQUESTS_PER_MINUTE"),
            writes_at_once: self.at_least_one("SYNC_PREFECT_WRITES_AT_ONCE"),
        }
    }

    /// What is in the vault wins: who names it wants it from there.
    fn auth(&mut self) -> Auth {
        let basic = self.in_vault(Scheme::Basic, "SYNC_PREFECT_API_AUTH_STRING_SECRET");
        let key = self.in_vault(Scheme::Key, "SYNC_PREFECT_API_KEY_SECRET");
        let given = basic.or(key);
        let given = given.or_else(|| self.given(Scheme::Basic, "PREFECT_API_AUTH_STRING"));
        given.or_else(|| self.given(Scheme::Key, "PREFECT_API_KEY")).unwrap_or(Auth::None)
    }

    fn in_vault(&mut self, scheme: Scheme, setting: &'static str) -> Option<Auth> {
        let name = SecretName::new(&self.text(setting)?);
        if name.is_err() {
            self.fault(setting, "the name of a secret: 1 to 127 letters, digits and dashes");
        }
        name.ok().map(|it| Auth::InVault(scheme, it))
    }

    fn given(&mut self, scheme: Scheme, setting: &'static str) -> Option<Auth> {
        let text = self.text(setting)?;
        if text.starts_with(UNRESOLVED) {
            self.fault(setting, "the value itself: the platform could not resolve this reference to a vault (name the secret in SYNC_PREFECT_API_KEY_SECRET or SYNC_PREFECT_API_AUTH_STRING_SECRET, or look at the reference's state in the portal)");
        }
        Some(Auth::Given(scheme, Secret::new(text)))
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

#[cfg(test)]
mod tests {
    use super::super::config;
    use crate::config::Auth;

    #[test]
    fn a_secret_of_the_vault_wins_over_what_is_given_and_a_password_over_a_key() {
        let of = |pairs: &[(&str, &str)]| match config(pairs).unwrap().prefect.auth {
            Auth::None => "none".to_owned(),
            Auth::Given(scheme, it) => format!("{scheme:?} {}", it.expose()),
            Auth::InVault(scheme, name) => format!("{scheme:?} of {name}"),
        };
        let all = [
            ("SYNC_PREFECT_API_AUTH_STRING_SECRET", "login"),
            ("SYNC_PREFECT_API_KEY_SECRET", "key"),
            ("PREFECT_API_AUTH_STRING", "me:a"),
            ("PREFECT_API_KEY", "b"),
        ];
        let wanted = ["Basic of login", "Key of key", "Basic me:a", "Key b", "none"];
        for (skipped, want) in wanted.into_iter().enumerate() {
            assert_eq!(of(&all[skipped..]), want);
        }
    }

    #[test]
    fn a_reference_that_the_platform_did_not_resolve_is_not_sent_as_a_key() {
        let faults = config(&[(
            "PREFECT_API_KEY",
            "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/canary)",
        )]);
        let told = faults.unwrap_err()[0].to_string();
        assert!(told.starts_with("PREFECT_API_KEY must be the value itself"), "{told}");
        assert!(!told.contains("canary"), "{told}");
        let faults = config(&[("SYNC_PREFECT_API_KEY_SECRET", "a/b")]).unwrap_err();
        assert!(faults[0].to_string().contains("the name of a secret"), "{}", faults[0]);
    }
}
