//! The vault that is tested: the stand-in, or the one that the environment names.
//!
//! `KEYVAULT_TEST_URL` is its address, `KEYVAULT_TEST_CA` its root certificate (PEM, or a file of it), `KEYVAULT_TEST_TOKEN` a
//! token for it, `KEYVAULT_TEST_API_VERSION` a version of the API that it knows. It is left with deleted secrets.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use azure_core::error::ErrorKind;
use azure_core::http::Transport;
use azure_security_keyvault_secrets::models::{Secret, SecretProperties, SetSecretParameters};
use azure_security_keyvault_secrets::{ResourceExt as _, SecretClient, SecretClientOptions};
use futures::TryStreamExt as _;
use serde_json::Value;
use world::vault::{Vault, Vaults, token};

/// A client of the vault, and the vault's handle when it is the stand-in.
pub(super) struct Endpoint {
    pub(super) client: SecretClient,
    pub(super) own: Option<Vault>,
    /// Where it is, without a slash at the end, and what knows the way.
    pub(super) wire: (String, reqwest::Client),
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
            let http = way(&url).await;
            let client = outside(&url, http.clone(), None);
            let wire = (url.trim_end_matches('/').to_owned(), http);
            return Self { client, own: None, wire, run };
        }
        let vault = Vaults::start().await.unwrap().vault("conformance");
        let wire = (vault.url(), vault.http().unwrap());
        Self { client: vault.client().unwrap(), own: Some(vault), wire, run }
    }

    /// A client that asks for the version `api` of the API.
    pub(super) fn with_api(&self, api: &str) -> SecretClient {
        outside(&self.wire.0, self.wire.1.clone(), Some(api.to_owned()))
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

/// A client of the vault `url`.
fn outside(url: &str, http: reqwest::Client, api: Option<String>) -> SecretClient {
    let mut options = SecretClientOptions::default();
    options.client_options.transport = Some(Transport::new(Arc::new(http)));
    if let Some(version) = api.or_else(|| given("KEYVAULT_TEST_API_VERSION")) {
        options.api_version = version;
    }
    // an emulator on `localhost` can not name a resource above its own host
    let parsed: url::Url = url.parse().unwrap();
    options.verify_challenge_resource = Some(parsed.domain().is_some_and(|it| it.contains('.')));
    let token =
        given("KEYVAULT_TEST_TOKEN").unwrap_or_else(|| token::signed(&token::claims()).unwrap());
    SecretClient::new(url, world::vault::handle::given(token), Some(options)).unwrap()
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
