//! What a test does with a vault: beside the wire, as an owner would in the portal.

use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use azure_core::credentials::{AccessToken, TokenCredential, TokenRequestOptions};
use azure_core::http::{ClientOptions, RetryOptions, Transport};
use azure_core::time::{Duration, OffsetDateTime};
use azure_security_keyvault_secrets::{SecretClient, SecretClientOptions};

use super::answer::Refusal;
use super::secret::Draft;
use super::state::State;
use super::trouble::{Operation, Trouble};
use super::{DOMAIN, Inner, token};

/// One vault of the server.
#[derive(Debug, Clone)]
pub struct Vault {
    inner: Arc<Inner>,
    name: String,
}

impl Vault {
    pub(super) fn new(inner: Arc<Inner>, name: &str) -> Self {
        Self { inner, name: name.to_owned() }
    }

    /// The settings with which the product reaches the vault: through the proxy, as the managed identity. What is not at a
    /// vault must be on this machine.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        let [endpoint, header] = self.inner.identity.settings();
        vec![
            ("SYNC_VAULT_URL", format!("https://{}{DOMAIN}", self.name)),
            ("SYNC_CA_FILE", self.inner.certificate().display().to_string()),
            ("HTTPS_PROXY", format!("http://{}", self.inner.proxy)),
            ("NO_PROXY", "127.0.0.1,localhost".to_owned()),
            ("IDENTITY_ENDPOINT", endpoint.1.to_owned()),
            ("IDENTITY_HEADER", header.1.to_owned()),
        ]
    }

    /// Where the server is, by the name of the vault: for [`Vault::http`].
    pub fn url(&self) -> String {
        format!("https://{}{DOMAIN}:{}", self.name, self.inner.address.port())
    }

    /// An HTTP client that knows the way and the certificate.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn http(&self) -> anyhow::Result<reqwest::Client> {
        let root = reqwest::Certificate::from_pem(self.inner.pem.as_bytes())?;
        let host = format!("{}{DOMAIN}", self.name);
        let builder = reqwest::Client::builder().no_proxy().tls_certs_only([root]);
        Ok(builder.resolve(&host, self.inner.address).build()?)
    }

    /// The official client, with a good token.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn client(&self) -> anyhow::Result<SecretClient> {
        self.client_with(token::signed(&token::claims())?)
    }

    /// The official client, with `token`. It verifies the challenge and tries nothing again.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn client_with(&self, token: String) -> anyhow::Result<SecretClient> {
        let http = self.http()?;
        let client_options = ClientOptions {
            transport: Some(Transport::new(Arc::new(http))),
            retry: RetryOptions::none(),
            ..Default::default()
        };
        let options = SecretClientOptions { client_options, ..Default::default() };
        Ok(SecretClient::new(&self.url(), given(token), Some(options))?)
    }

    /// A new version with `value`; its id.
    ///
    /// # Errors
    /// When the secret is deleted.
    pub fn set(&self, secret: &str, value: &str) -> anyhow::Result<String> {
        self.put(secret, Draft::new(value))
    }

    /// A new version; its id.
    ///
    /// # Errors
    /// When the secret is deleted.
    pub fn put(&self, secret: &str, draft: Draft) -> anyhow::Result<String> {
        self.with(|it| it.set(secret, draft))?.map_err(refused)
    }

    /// Changes the current version, as an update of its properties does.
    ///
    /// # Errors
    /// When there is no such secret.
    pub fn update(&self, secret: &str, change: impl FnOnce(&mut Draft)) -> anyhow::Result<()> {
        let change = |state: &mut State| {
            let now = state.now();
            let version = state.live(secret)?.versions.last_mut();
            let version = version.ok_or_else(|| Refusal::not_found(secret))?;
            change(&mut version.draft);
            version.updated = now;
            Ok(())
        };
        self.with(change)?.map_err(refused)
    }

    /// Deletes a secret; done after two more requests about it, or with [`Vault::settle`].
    ///
    /// # Errors
    /// When there is no such secret.
    pub fn delete(&self, secret: &str) -> anyhow::Result<()> {
        self.with(|it| it.delete(secret).map(|_| ()))?.map_err(refused)
    }

    /// Recovers a deleted secret, likewise after a while.
    ///
    /// # Errors
    /// When it is not deleted.
    pub fn recover(&self, secret: &str) -> anyhow::Result<()> {
        self.with(|it| it.recover(secret).map(|_| ()))?.map_err(refused)
    }

    /// Purges a deleted secret, likewise after a while.
    ///
    /// # Errors
    /// When it is not deleted, or the vault is protected.
    pub fn purge(&self, secret: &str) -> anyhow::Result<()> {
        self.with(|it| it.purge(secret))?.map_err(refused)
    }

    /// From now on deletions, recoveries and purges are done only with [`Vault::settle`].
    pub fn hold(&self) {
        self.always(State::hold);
    }

    /// Every deletion, recovery and purge is done.
    pub fn settle(&self) {
        self.always(State::settle);
    }

    /// The vault's clock goes on by `seconds`: what is made afterwards is younger.
    pub fn pass(&self, seconds: i64) {
        self.always(|it| it.pass(seconds));
    }

    /// Nothing can be purged any more.
    pub fn protect(&self) {
        self.always(|it| it.protected = true);
    }

    /// Whoever comes without a token is told to bring one for `resource`.
    pub fn ask_for(&self, resource: &str) {
        self.always(|it| resource.clone_into(&mut it.resource));
    }

    /// How many requests came with a token, good or not.
    pub fn tokens(&self) -> usize {
        self.with(|it| it.tokens).unwrap_or_default()
    }

    /// Each page of a listing names a next one.
    pub fn never_end(&self) {
        self.always(|it| it.endless = true);
    }

    /// The next `times` requests of that kind go wrong.
    pub fn fail(&self, on: Operation, trouble: Trouble, times: usize) {
        self.fail_after(0, on, trouble, times);
    }

    /// `skip` requests of that kind go well, then `times` go wrong.
    pub fn fail_after(&self, skip: usize, on: Operation, trouble: Trouble, times: usize) {
        self.always(|it| it.troubles.plan(on, trouble, (skip, times)));
    }

    /// How many requests of that kind came with a good token.
    pub fn count(&self, on: Operation) -> usize {
        self.with(|it| it.troubles.asked(on).len()).unwrap_or_default()
    }

    /// The secrets that requests of that kind with a good token were about, in lower case and in their order.
    pub fn asked(&self, on: Operation) -> Vec<String> {
        self.with(|it| it.troubles.asked(on).to_vec()).unwrap_or_default()
    }

    /// Counts from nothing, and nothing goes wrong any more.
    pub fn forget(&self) {
        self.always(|it| it.troubles.forget());
    }

    fn with<T>(&self, work: impl FnOnce(&mut State) -> T) -> anyhow::Result<T> {
        self.inner.shared.with(&self.name, work).context("a handle has its vault")
    }

    fn always(&self, work: impl FnOnce(&mut State)) {
        // a handle is made with its vault, which stays
        self.inner.shared.with(&self.name, work);
    }
}

fn refused(it: Refusal) -> anyhow::Error {
    anyhow::anyhow!("{} {} {}", it.status, it.inner.unwrap_or(it.code), it.message)
}

/// `token` as a credential.
pub fn given(token: String) -> Arc<dyn TokenCredential> {
    Arc::new(Given(token))
}

/// A token that is there already.
#[derive(Debug)]
struct Given(String);

#[async_trait]
impl TokenCredential for Given {
    async fn get_token(
        &self,
        _scopes: &[&str],
        _options: Option<TokenRequestOptions<'_>>,
    ) -> azure_core::Result<AccessToken> {
        let expires_on = OffsetDateTime::now_utc() + Duration::hours(1);
        Ok(AccessToken { token: self.0.clone().into(), expires_on })
    }
}
