//! How the vault of secrets is reached.

use super::Reader;
use crate::config::VaultConfig;

const URL: &str = "SYNC_VAULT_URL";
const CREDENTIAL: &str = "SYNC_VAULT_CREDENTIAL";

impl Reader<'_> {
    /// `None` when no vault is configured.
    pub(super) fn vault(&mut self) -> Option<VaultConfig> {
        let given = self.text(CREDENTIAL);
        if given.as_deref().is_some_and(|it| it != "managedidentity") {
            self.fault(CREDENTIAL, "managedidentity");
        }
        let client_id =
            self.text("SYNC_VAULT_CLIENT_ID").or_else(|| self.text("SyncStorage__clientId"));
        let api_version = self.text("SYNC_VAULT_API_VERSION");
        let credential = self.credential(given.is_some());
        let text = self.text(URL)?;
        let parsed = text.trim_end_matches('/').parse::<url::Url>().ok();
        // a token is sent over TLS only, and nothing but the vault's own host takes it
        let is_vault = |it: &url::Url| {
            it.scheme() == "https"
                && it.path() == "/"
                && it.username().is_empty()
                && it.query().is_none()
        };
        let Some(url) = parsed.filter(is_vault) else {
            self.fault(URL, "an https address, such as https://NAME.vault.azure.net");
            return None;
        };
        Some(VaultConfig { url, client_id, credential, api_version })
    }
}

#[cfg(test)]
mod tests {
    use super::super::config;
    use crate::config::Credential;

    #[test]
    fn a_vault_is_reached_over_tls_only() {
        for url in
            ["http://v.vault.azure.net", "v.vault.azure.net", "https://me@v.net", "https://v.net/p"]
        {
            let faults = config(&[("SYNC_VAULT_URL", url)]).unwrap_err();
            assert_eq!(
                faults[0].to_string(),
                "SYNC_VAULT_URL must be an https address, such as https://NAME.vault.azure.net"
            );
        }
        assert!(config(&[]).unwrap().vault.is_none());
    }

    #[test]
    fn a_vault_has_the_identity_of_the_storage_account_unless_it_is_given_its_own() {
        let url = ("SYNC_VAULT_URL", "https://v.vault.azure.net/");
        let vault = |more: &[(&str, &str)]| {
            config(&[&[url], more].concat()).unwrap().vault.map(|it| (it.credential, it.client_id))
        };
        assert_eq!(vault(&[]), Some((Credential::Developer, None)));
        let storage =
            [("SyncStorage__credential", "managedidentity"), ("SyncStorage__clientId", "a")];
        assert_eq!(vault(&storage), Some((Credential::Managed, Some("a".to_owned()))));
        let own = [("SYNC_VAULT_CREDENTIAL", "managedidentity"), ("SYNC_VAULT_CLIENT_ID", "b")];
        let both = [&storage[..], &own[..]].concat();
        assert_eq!(vault(&own), Some((Credential::Managed, Some("b".to_owned()))));
        assert_eq!(vault(&both), Some((Credential::Managed, Some("b".to_owned()))));
        let federated = [own[0], ("AZURE_FEDERATED_TOKEN_FILE", "/f")];
        assert_eq!(vault(&federated), Some((Credential::Workload, None)));
        let faults = config(&[url, ("SYNC_VAULT_CREDENTIAL", "canary")]).unwrap_err();
        assert_eq!(faults[0].to_string(), "SYNC_VAULT_CREDENTIAL must be managedidentity");
    }
}
