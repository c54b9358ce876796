//! The product reads any vault, and its secrets come to the blocks of a real server.

use std::collections::HashMap;
use std::sync::Arc;

use azure_security_keyvault_secrets::ResourceExt as _;
use azure_security_keyvault_secrets::models::{
    SecretAttributes, SecretClientUpdateSecretPropertiesOptions, SetSecretParameters,
    UpdateSecretPropertiesParameters,
};
use domain::plan::Action;
use domain::secret::SecretName;
use handler::app::App;
use handler::config::Config;
use handler::reconcile::secrets;
use handler::secrets::{Deleted, VaultError};
use tempfile::TempDir;
use world::prefect::Server;

use super::endpoint::{Endpoint, settled};
use crate::servers::{three, two};

/// The product between a vault and a server.
struct Rotation {
    vault: Endpoint,
    app: App,
    server: &'static Server,
    _home: TempDir,
    name: SecretName,
}

impl Rotation {
    async fn new(server: &'static Server, instance: &str) -> Self {
        let (vault, home) = (Endpoint::new().await, tempfile::tempdir().unwrap());
        let config = Config::from_env(|it| match it {
            "PREFECT_API_URL" => Some(server.api.clone()),
            "SYNC_INSTANCE" => Some(instance.to_owned()),
            _ => None,
        });
        let mut app = App::open(config.unwrap(), Some(home.path())).unwrap();
        app.vault = Some(Arc::new(vault.product()));
        let name = SecretName::new(vault.name(instance)).unwrap();
        Self { vault, app, server, _home: home, name }
    }

    /// A new version that is for a `secret` block of its own name; its id.
    async fn set(&self, value: &str) -> String {
        let tags = HashMap::from([("prefect-block-type".to_owned(), "secret".to_owned())]);
        let value = Some(value.to_owned());
        let parameters = SetSecretParameters { value, tags: Some(tags), ..Default::default() };
        self.vault.set_with(self.name.as_str(), parameters).await.unwrap()
    }

    async fn enable(&self, version: &str, enabled: bool) {
        let attributes = SecretAttributes { enabled: Some(enabled), ..Default::default() };
        let parameters = UpdateSecretPropertiesParameters {
            secret_attributes: Some(attributes),
            ..Default::default()
        };
        let options = SecretClientUpdateSecretPropertiesOptions {
            secret_version: Some(version.to_owned()),
            ..Default::default()
        };
        let client = &self.vault.client;
        let body = parameters.try_into().unwrap();
        client.update_secret_properties(self.name.as_str(), body, Some(options)).await.unwrap();
    }

    /// What a pass does with the secret, and the value of its block then.
    async fn pass(&self) -> (Action, String) {
        let names = [self.name.clone()];
        let (report, _) = secrets::apply(&self.app, &names, false).await.unwrap();
        let step = report.plan.steps.first().map_or(Action::Keep, |it| it.action);
        let path = format!(
            "/block_types/slug/secret/block_documents/name/{}?include_secrets=true",
            self.name
        );
        let block = self.server.get(&path).await.unwrap();
        (step, block["data"]["value"].as_str().unwrap().to_owned())
    }
}

async fn a_rotation(server: &'static Server, instance: &str) {
    let it = Rotation::new(server, instance).await;
    it.set("one").await;
    assert_eq!(it.pass().await, (Action::Create, "one".into()));
    assert_eq!(it.pass().await, (Action::Keep, "one".into()));
    let version = it.set("two").await;
    assert_eq!(it.pass().await, (Action::Update, "two".into()));
    it.enable(&version, false).await;
    assert_eq!(it.pass().await.1, "two");
    it.enable(&version, true).await;
    assert_eq!(it.pass().await, (Action::Keep, "two".into()));

    let (client, name) = (&it.vault.client, it.name.as_str());
    client.delete_secret(name, None).await.unwrap();
    settled("the deletion", async || client.get_deleted_secret(name, None).await.is_ok()).await;
    assert_eq!(it.pass().await.1, "two");
    client.recover_deleted_secret(name, None).await.unwrap();
    settled("the recovery", async || it.vault.get(name).await.is_ok()).await;
    it.set("three").await;
    assert_eq!(it.pass().await, (Action::Update, "three".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_of_any_vault_is_in_its_block_on_3_9() {
    a_rotation(three().await, "any-three").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_of_any_vault_is_in_its_block_on_2_20() {
    a_rotation(two().await, "any-two").await;
}

#[tokio::test]
async fn the_product_reads_what_any_vault_has() {
    let it = Endpoint::new().await;
    let (product, name) = (it.product(), it.name("read"));
    let tags = HashMap::from([("team".to_owned(), "data".to_owned())]);
    let first = SetSecretParameters {
        value: Some("one".into()),
        tags: Some(tags),
        content_type: Some("application/json".into()),
        ..Default::default()
    };
    let first = it.set_with(&name, first).await.unwrap();
    let listed = SecretName::new(&name).unwrap();
    let of_list = || async {
        let list = product.list().await.unwrap();
        list.into_iter().find(|it| it.name == listed)
    };
    let found = of_list().await.unwrap();
    assert_eq!((found.version, found.enabled, &*found.tags["team"]), (None, true, "data"));
    let second = it.set(&name, "two").await;
    let (current, value) = product.read(&listed).await.unwrap();
    assert_eq!((current.version.unwrap().as_str(), value.expose()), (&*second, "two"));
    assert_eq!((current.tags.len(), current.content_type), (0, None));
    let mut versions = product.versions(&listed).await.unwrap();
    versions.retain(|it| it.version.as_ref().is_some_and(|it| it.as_str() == first));
    assert_eq!(versions[0].content_type.as_deref(), Some("application/json"));

    let absent = SecretName::new(it.name("absent")).unwrap();
    for error in
        [product.read(&absent).await.err().unwrap(), product.versions(&absent).await.unwrap_err()]
    {
        assert!(matches!(error, VaultError::Missing(_)), "{error:?}");
    }
    let deleted = it.client.delete_secret(&name, None).await.unwrap();
    assert_eq!(deleted.into_model().unwrap().resource_id().unwrap().name, name);
    settled("the deletion", async || of_list().await.is_none()).await;
    settled("the deletion", async || {
        product.deleted(&listed).await.unwrap() == Deleted::Recoverable
    })
    .await;
    let error = product.read(&listed).await.err().unwrap();
    assert!(matches!(error, VaultError::Missing(_)), "{error:?}");
}
