//! Deleting, recovering and purging: each takes effect after a while.

use azure_security_keyvault_secrets::ResourceExt as _;
use futures::TryStreamExt as _;

use super::endpoint::{Endpoint, refused, settled};

#[tokio::test]
async fn a_deleted_secret_is_gone_and_can_be_recovered_or_purged() {
    let it = Endpoint::new().await;
    let (client, name) = (&it.client, it.name("gone"));
    let version = it.set(&name, "one").await;
    client.delete_secret(&name, None).await.unwrap();
    settled("the deletion", async || client.get_deleted_secret(&name, None).await.is_ok()).await;
    assert_eq!(refused(it.get(&name).await).0, 404);
    assert_eq!(refused(it.get_version(&name, &version).await).0, 404);
    assert_eq!(refused(client.delete_secret(&name, None).await).0, 404);
    let names = |items: Vec<String>| items.contains(&name);
    let list = it.list().await.unwrap();
    assert!(!names(list.iter().map(|it| it.resource_id().unwrap().name).collect()));
    let deleted: Vec<_> =
        client.list_deleted_secret_properties(None).unwrap().try_collect().await.unwrap();
    assert!(names(deleted.iter().map(|it| it.resource_id().unwrap().name).collect()));
    assert_eq!(refused(set(&it, &name).await).0, 409);

    client.recover_deleted_secret(&name, None).await.unwrap();
    settled("the recovery", async || it.get(&name).await.is_ok()).await;
    assert_eq!(it.get(&name).await.unwrap().value.as_deref(), Some("one"));
    assert_eq!(refused(client.get_deleted_secret(&name, None).await).0, 404);

    client.delete_secret(&name, None).await.unwrap();
    settled("the deletion", async || client.get_deleted_secret(&name, None).await.is_ok()).await;
    client.purge_deleted_secret(&name, None).await.unwrap();
    settled("the purge", async || set(&it, &name).await.is_ok()).await;
    assert_eq!(it.versions(&name).await.unwrap().len(), 1, "what was purged does not come back");
}

async fn set(it: &Endpoint, name: &str) -> azure_core::Result<String> {
    let value = Some("again".to_owned());
    it.set_with(
        name,
        azure_security_keyvault_secrets::models::SetSecretParameters {
            value,
            ..Default::default()
        },
    )
    .await
}

#[tokio::test]
async fn while_a_change_takes_effect_a_name_can_not_be_used() {
    let it = Endpoint::new().await;
    let Some(own) = &it.own else { return };
    own.hold();
    it.set("s", "one").await;
    it.client.delete_secret("s", None).await.unwrap();
    assert_eq!(refused(it.get("s").await).1, "SecretNotFound");
    assert_eq!(refused(it.client.get_deleted_secret("s", None).await).0, 404);
    assert_eq!(refused(set(&it, "s").await).2, "ObjectIsBeingDeleted");
    own.settle();
    let told = refused(set(&it, "s").await);
    assert_eq!(told, (409, "Conflict".into(), "ObjectIsDeletedButRecoverable".into()));
    let deleted = it.client.get_deleted_secret("s", None).await.unwrap().into_model().unwrap();
    assert!(deleted.value.is_none() && deleted.deleted_date.is_some());
    assert!(deleted.recovery_id.unwrap().ends_with("/deletedsecrets/s"));

    it.client.recover_deleted_secret("s", None).await.unwrap();
    for told in [refused(set(&it, "s").await), refused(it.get("s").await)] {
        assert_eq!(told, (409, "Conflict".into(), "ObjectIsBeingRecovered".into()));
    }
    own.settle();
    assert_eq!(it.get("s").await.unwrap().value.as_deref(), Some("one"));
}

#[tokio::test]
async fn a_protected_vault_purges_nothing() {
    let it = Endpoint::new().await;
    let Some(own) = &it.own else { return };
    own.protect();
    it.set("s", "one").await;
    it.client.delete_secret("s", None).await.unwrap();
    own.settle();
    assert_eq!(refused(it.client.purge_deleted_secret("s", None).await).0, 403);
    assert!(it.client.get_deleted_secret("s", None).await.is_ok());
}
