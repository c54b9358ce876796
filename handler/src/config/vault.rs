//! How the vault of secrets is reached.

use super::Credential;

/// How Azure Key Vault is reached: always with an identity.
#[derive(Debug)]
pub struct VaultConfig {
    /// `SYNC_VAULT_URL`: `https://NAME.vault.azure.net`.
    pub url: url::Url,
    /// `SYNC_VAULT_CLIENT_ID` (default: `SyncStorage__clientId`): a user-assigned identity.
    pub client_id: Option<String>,
    /// Which credential the environment offers, or `SYNC_VAULT_CREDENTIAL` wants.
    pub credential: Credential,
    /// `SYNC_VAULT_API_VERSION` (default: the client's): for what does not have the newest one.
    pub api_version: Option<String>,
}
