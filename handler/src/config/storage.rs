//! How Azure Storage is reached.

use super::Secret;

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
    /// `IDENTITY_ENDPOINT` is set, or `SyncStorage__credential` or, for the vault, `SYNC_VAULT_CREDENTIAL` is `managedidentity`.
    Managed,
    /// Neither: the login of `az` or `azd`.
    Developer,
}
