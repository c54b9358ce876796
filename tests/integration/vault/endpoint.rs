//! The vault that is tested: the stand-in, or the one that the environment names.
//!
//! `KEYVAULT_TEST_URL` is its address, `KEYVAULT_TEST_CA` its root certificate (PEM, or a file of it), `KEYVAULT_TEST_TOKEN` a
//! token for it, `KEYVAULT_TEST_API_VERSION` a version of the API that it knows. It is left with deleted secrets.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use azure_core::error::ErrorKind;
use azure_core::http::Transport;
use azure_security_keyvault_secrets::models::{Secret, SecretProperties, SetSecretParameters};
use azure_security_keyvault_secrets::{ResourceExt as _, SecretClient, SecretClientOptions};
use futures::TryStreamExt as _;
use serde_json::Value;
use tokio::sync::{Mutex, MutexGuard};
use world::process::until;
use world::vault::{Vault, Vaults, token};

/// A listing that others change between its pages can leave a secret out: an outside vault is for one test at a time.
static TURN: Mutex<()> = Mutex::const_new(());

/// How long a deletion or a recovery may take to take effect.
const LONGEST: Duration = Duration::from_mins(2);

/// A client of the vault, and the vault's handle when it is the stand-in.
pub(super) struct Endpoint {
    pub(super) client: SecretClient,
    pub(super) own: Option<Vault>,
    /// Where it is, without a slash at the end, and what knows the way.
    pub(super) wire: (String, reqwest::Client),
    /// Whether the challenge is verified.
    verified: bool,
    _turn: Option<MutexGuard<'static, ()>>,
    /// Makes names that nobody else has.
    run: String,
}

fn given(name: &str) -> Option<String> {
    std::env::var_os(name)?.into_string().ok().filter(|it| !it.is_empty())
}

impl Endpoint {
    /// The vault that the environment names, or a new stand-in.
    pub(super) async fn new() -> Self {
        let run = uuid::Uuid::new_v4().simple().to_string().split_off(20);
        if let Some(url) = given("KEYVAULT_TEST_URL") {
            let turn = Some(TURN.lock().await);
            let http = way(&url).await;
            let verified = is_above(&url, &http).await;
            let client = outside(&url, http.clone(), (None, verified));
            let wire = (url.trim_end_matches('/').to_owned(), http);
            return Self { client, own: None, wire, verified, _turn: turn, run };
        }
        let vault = Vaults::start().await.unwrap().vault("conformance");
        let wire = (vault.url(), vault.http().unwrap());
        let client = vault.client().unwrap();
        Self { client, own: Some(vault), wire, verified: true, _turn: None, run }
    }

    /// The product's view of it.
    pub(super) fn product(&self) -> handler::secrets::Vault {
        let client = outside(&self.wire.0, self.wire.1.clone(), (None, self.verified));
        handler::secrets::Vault::Azure(handler::secrets::AzureVault::over(client))
    }

    /// A client that asks for the version `api` of the API.
    pub(super) fn with_api(&self, api: &str) -> SecretClient {
        outside(&self.wire.0, self.wire.1.clone(), (Some(api.to_owned()), self.verified))
    }

    /// A name for `it`.
    pub(super) fn name(&self, it: &str) -> String {
        format!("{it}-{}", self.run)
    }

    /// A new version with `value`; its id.
    pub(super) async fn set(&self, name: &str, value: &str) -> String {
        let parameters = SetSecretParameters { value: Some(value.into()), ..Default::default() };
        self.set_with(name, parameters).await.unwrap()
    }

    pub(super) async fn set_with(
        &self,
        name: &str,
        parameters: SetSecretParameters,
    ) -> azure_core::Result<String> {
        let set = self.client.set_secret(name, parameters.try_into()?, None).await?;
        Ok(set.into_model()?.resource_id()?.version.unwrap())
    }

    pub(super) async fn get(&self, name: &str) -> azure_core::Result<Secret> {
        self.client.get_secret(name, None).await?.into_model()
    }

    pub(super) async fn get_version(&self, name: &str, id: &str) -> azure_core::Result<Secret> {
        let options = azure_security_keyvault_secrets::models::SecretClientGetSecretOptions {
            secret_version: Some(id.to_owned()),
            ..Default::default()
        };
        self.client.get_secret(name, Some(options)).await?.into_model()
    }

    pub(super) async fn versions(&self, name: &str) -> azure_core::Result<Vec<SecretProperties>> {
        self.client.list_secret_properties_versions(name, None)?.try_collect().await
    }

    pub(super) async fn list(&self) -> azure_core::Result<Vec<SecretProperties>> {
        self.client.list_secret_properties(None)?.try_collect().await
    }
}

/// What reaches the vault `url`. A name that nothing resolves is taken to be on this machine.
async fn way(url: &str) -> reqwest::Client {
    let _second_install_changes_nothing =
        rustls::crypto::ring::default_provider().install_default();
    let parsed: url::Url = url.parse().unwrap();
    let (host, port) =
        (parsed.host_str().unwrap().to_owned(), parsed.port_or_known_default().unwrap());
    let mut http = reqwest::Client::builder();
    if tokio::net::lookup_host((host.as_str(), port)).await.is_err() {
        http = http.resolve(&host, SocketAddr::from(([127, 0, 0, 1], port)));
    }
    if let Some(ca) = given("KEYVAULT_TEST_CA") {
        let pem = if Path::new(&ca).exists() { std::fs::read_to_string(&ca).unwrap() } else { ca };
        for root in reqwest::Certificate::from_pem_bundle(pem.as_bytes()).unwrap() {
            http = http.add_root_certificate(root);
        }
    }
    http.build().unwrap()
}

/// Whether the vault asks for a token for a resource above its own host, as Key Vault does. There are emulators that name
/// themselves, which the client takes for a fraud.
async fn is_above(url: &str, http: &reqwest::Client) -> bool {
    let answer = http
        .get(format!("{}/secrets?api-version=7.4", url.trim_end_matches('/')))
        .send()
        .await
        .unwrap();
    let challenge = answer.headers().get("www-authenticate").and_then(|it| it.to_str().ok());
    let resource = challenge.and_then(|it| it.split("resource=\"").nth(1)?.split('"').next());
    let host = |it: &str| Some(url::Url::parse(it).ok()?.host_str()?.to_owned());
    let (Some(own), Some(resource)) = (host(url), resource.and_then(host)) else { return false };
    own.ends_with(&format!(".{resource}"))
}

/// A client of the vault `url`, that asks for a version of the API, and verifies the challenge or not.
fn outside(url: &str, http: reqwest::Client, how: (Option<String>, bool)) -> SecretClient {
    let mut options = SecretClientOptions::default();
    options.client_options.transport = Some(Transport::new(Arc::new(http)));
    if let Some(version) = how.0.or_else(|| given("KEYVAULT_TEST_API_VERSION")) {
        options.api_version = version;
    }
    options.verify_challenge_resource = Some(how.1);
    let token =
        given("KEYVAULT_TEST_TOKEN").unwrap_or_else(|| token::signed(&token::claims()).unwrap());
    SecretClient::new(url, world::vault::handle::given(token), Some(options)).unwrap()
}

/// Waits until `look` says that `what` has taken effect.
pub(super) async fn settled(what: &str, look: impl AsyncFn() -> bool) {
    until(what, LONGEST, || async { look().await.then_some(()) }).await.unwrap();
}

/// The status and the codes, outer and inner, of what was refused.
pub(super) fn refused<T>(result: azure_core::Result<T>) -> (u16, String, String) {
    let error = result.err().unwrap();
    let status = error.http_status().unwrap();
    let raw = match error.kind() {
        ErrorKind::HttpResponse { raw_response, .. } => raw_response.as_ref(),
        _ => None,
    };
    let body: Value = serde_json::from_slice(raw.unwrap().body()).unwrap_or_default();
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    let error = &body["error"];
    (u16::from(status), text(&error["code"]), text(&error["innererror"]["code"]))
}
