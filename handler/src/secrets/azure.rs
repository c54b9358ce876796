//! Azure Key Vault, by its official client.
//!
//! The challenge of the vault is verified: its host must be below the host of the resource that the token is for.

use std::collections::BTreeMap;
use std::future::Future;
use std::time::Duration;

use azure_core::http::{ClientOptions, Url};
use azure_security_keyvault_secrets::models::{ListSecretPropertiesResult, SecretProperties};
use azure_security_keyvault_secrets::{SecretClient, SecretClientOptions};
use domain::secret::{Properties, SecretName};
use futures::TryStreamExt as _;

use super::model::{of_item, of_secret};
use super::{Deleted, SecretValue, VaultError};
use crate::azure::identity;
use crate::config::VaultConfig;

/// The deadline of one call, its retries included.
const SMALL: Duration = Duration::from_secs(30);
/// The deadline of a whole listing.
const LISTING: Duration = Duration::from_mins(2);
/// A page has 25 secrets; an endpoint with more pages than this is taken for one that never ends.
const PAGES: usize = 1_000;
const LIST: &str = "list the secrets of";
const VERSIONS: &str = "list the versions of";
const READ: &str = "read the secret";
const DELETED: &str = "look for the deleted secret";

type Pages =
    azure_core::http::pager::PageIterator<azure_core::http::Response<ListSecretPropertiesResult>>;

/// A vault of Azure.
pub struct AzureVault {
    client: SecretClient,
    name: String,
    address: String,
}

impl std::fmt::Debug for AzureVault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("AzureVault").field(&self.address).finish()
    }
}

impl AzureVault {
    pub(super) fn open(config: &VaultConfig, options: ClientOptions) -> Result<Self, VaultError> {
        let unusable =
            |it: azure_core::Error| VaultError::of_azure("use the setting", "SYNC_VAULT_URL", &it);
        let credential = identity(config.credential, config.client_id.as_deref(), &options);
        let credential = credential.map_err(unusable)?;
        let mut made = SecretClientOptions { client_options: options, ..Default::default() };
        if let Some(version) = &config.api_version {
            made.api_version.clone_from(version);
        }
        let client = SecretClient::new(config.url.as_str(), credential, Some(made));
        Ok(Self::over(client.map_err(unusable)?))
    }

    /// The vault that `client` is for.
    pub fn over(client: SecretClient) -> Self {
        let url = client.endpoint();
        let name = url.host_str().and_then(|it| it.split('.').next()).unwrap_or_default();
        let (name, address) = (name.to_owned(), url.as_str().trim_end_matches('/').to_owned());
        Self { client, name, address }
    }

    /// The first label of the host.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Without a slash at the end.
    pub fn address(&self) -> &str {
        &self.address
    }

    pub(super) async fn list(&self) -> Result<Vec<Properties>, VaultError> {
        let what = (LIST, self.name.as_str());
        let pager = self.client.list_secret_properties(None);
        let pager = pager.map_err(|it| VaultError::of_azure(what.0, what.1, &it))?;
        let items = within(what, LISTING, self.whole(what, pager.into_pages())).await?;
        // what changes between two pages can stand on both of them
        let mut out = BTreeMap::new();
        for item in &items {
            let found = Properties { version: None, ..of_item(what, item)? };
            out.insert(found.name.clone(), found);
        }
        Ok(out.into_values().collect())
    }

    pub(super) async fn versions(&self, name: &SecretName) -> Result<Vec<Properties>, VaultError> {
        let what = (VERSIONS, name.as_str());
        let pager = self.client.list_secret_properties_versions(name.as_str(), None);
        let pager = pager.map_err(|it| VaultError::of_azure(what.0, what.1, &it))?;
        let items = within(what, LISTING, self.whole(what, pager.into_pages())).await?;
        let mut out = BTreeMap::new();
        for item in &items {
            let found = of_item(what, item)?;
            if found.version.is_none() || found.name != *name {
                return Err(VaultError::garbled(what.0, what.1, "an item is no version of it"));
            }
            out.insert(found.version.clone(), found);
        }
        Ok(out.into_values().collect())
    }

    pub(super) async fn read(
        &self,
        name: &SecretName,
    ) -> Result<(Properties, SecretValue), VaultError> {
        let what = (READ, name.as_str());
        let call = async {
            let answer = self.client.get_secret(name.as_str(), None).await;
            let secret = answer.and_then(azure_core::http::Response::into_model);
            secret.map_err(|it| VaultError::of_azure(what.0, what.1, &it))
        };
        let mut secret = within(what, SMALL, call).await?;
        let value = secret.value.take().map(SecretValue::new);
        let found = of_secret(what, &secret)?;
        if found.version.is_none() || found.name != *name {
            return Err(VaultError::garbled(what.0, what.1, "it is of another secret"));
        }
        let value = value.ok_or_else(|| VaultError::garbled(what.0, what.1, "it has no value"))?;
        Ok((found, value))
    }

    pub(super) async fn deleted(&self, name: &SecretName) -> Result<Deleted, VaultError> {
        let what = (DELETED, name.as_str());
        let call = async {
            let answer = self.client.get_deleted_secret(name.as_str(), None).await;
            answer.map_err(|it| VaultError::of_azure(what.0, what.1, &it))
        };
        match within(what, SMALL, call).await {
            Ok(_) => Ok(Deleted::Recoverable),
            Err(VaultError::Missing(_)) => Ok(Deleted::Purged),
            Err(error) => Err(error),
        }
    }

    /// Every item of every page. The client would follow a link to wherever it leads, with our token.
    async fn whole(
        &self,
        what: (&'static str, &str),
        mut pages: Pages,
    ) -> Result<Vec<SecretProperties>, VaultError> {
        let failed = |it: azure_core::Error| VaultError::of_azure(what.0, what.1, &it);
        let mut out = Vec::new();
        for _ in 0..PAGES {
            let Some(page) = pages.try_next().await.map_err(failed)? else { return Ok(out) };
            let page = page.into_model().map_err(failed)?;
            if page.next_link.as_ref().is_some_and(|it| !self.is_ours(it)) {
                let why = "the next page is of another host";
                return Err(VaultError::garbled(what.0, what.1, why));
            }
            out.extend(page.value);
        }
        Err(VaultError::garbled(what.0, what.1, "it has no last page"))
    }

    /// Whether `link` leads to this vault; an empty one leads nowhere.
    fn is_ours(&self, link: &str) -> bool {
        link.is_empty()
            || Url::parse(link).is_ok_and(|it| it.origin() == self.client.endpoint().origin())
    }
}

/// `call`, at most `deadline` long.
async fn within<T>(
    what: (&'static str, &str),
    deadline: Duration,
    call: impl Future<Output = Result<T, VaultError>>,
) -> Result<T, VaultError> {
    let result = tokio::time::timeout(deadline, call).await;
    result.unwrap_or_else(|_elapsed| Err(VaultError::timeout(what.0, what.1)))
}
