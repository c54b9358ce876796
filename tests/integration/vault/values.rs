//! Values, versions and what belongs to each.

use std::collections::{BTreeSet, HashMap};

use azure_core::time::OffsetDateTime;
use azure_security_keyvault_secrets::ResourceExt as _;
use azure_security_keyvault_secrets::models::{
    SecretAttributes, SecretClientUpdateSecretPropertiesOptions, SetSecretParameters,
    UpdateSecretPropertiesParameters,
};

use super::endpoint::{Endpoint, refused};

fn tags(pairs: &[(&str, &str)]) -> HashMap<String, String> {
    pairs.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect()
}

fn at(seconds: i64) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(seconds).ok()
}

async fn update(
    it: &Endpoint,
    name: &str,
    version: &str,
    parameters: UpdateSecretPropertiesParameters,
) {
    let options = SecretClientUpdateSecretPropertiesOptions {
        secret_version: Some(version.to_owned()),
        ..Default::default()
    };
    let body = parameters.try_into().unwrap();
    it.client.update_secret_properties(name, body, Some(options)).await.unwrap();
}

fn enabled(enabled: bool) -> UpdateSecretPropertiesParameters {
    let attributes = SecretAttributes { enabled: Some(enabled), ..Default::default() };
    UpdateSecretPropertiesParameters { secret_attributes: Some(attributes), ..Default::default() }
}

#[tokio::test]
async fn a_value_comes_back_as_it_was_set() {
    let it = Endpoint::new().await;
    let name = it.name("value");
    for value in ["plain", "ü 漢 🎉", "a\nb\t\u{1}\"\\", "{\"json\":true}", &"x".repeat(25_600)]
    {
        let version = it.set(&name, value).await;
        let current = it.get(&name).await.unwrap();
        assert_eq!(current.value.as_deref(), Some(value));
        assert_eq!(current.resource_id().unwrap().version.as_ref(), Some(&version));
        assert_eq!(it.get_version(&name, &version).await.unwrap().value.as_deref(), Some(value));
    }
    assert_eq!(it.versions(&name).await.unwrap().len(), 5);
}

#[tokio::test]
async fn each_version_has_its_own_tags_dates_and_content_type() {
    let it = Endpoint::new().await;
    let name = it.name("own");
    let (begin, end) = (at(1_600_000_000), at(4_000_000_000));
    let first = SetSecretParameters {
        value: Some("one".into()),
        content_type: Some("application/json".into()),
        tags: Some(tags(&[("team", "data")])),
        secret_attributes: Some(SecretAttributes {
            enabled: Some(true),
            not_before: begin,
            expires: end,
            ..Default::default()
        }),
    };
    let first = it.set_with(&name, first).await.unwrap();
    let second = it.set(&name, "two").await;
    assert_ne!(first, second);
    let old = it.get_version(&name, &first).await.unwrap();
    let attributes = old.attributes.unwrap();
    assert_eq!((old.value.as_deref(), old.tags), (Some("one"), Some(tags(&[("team", "data")]))));
    assert_eq!(old.content_type.as_deref(), Some("application/json"));
    assert_eq!((attributes.not_before, attributes.expires), (begin, end));
    let new = it.get(&name).await.unwrap();
    assert_eq!((new.value.as_deref(), new.content_type), (Some("two"), None));
    assert!(new.tags.unwrap_or_default().is_empty());
    assert!(new.attributes.unwrap().created.is_some());
    // in no order that counts, and without values
    let versions = it.versions(&name).await.unwrap();
    let ids: BTreeSet<_> =
        versions.iter().map(|it| it.resource_id().unwrap().version.unwrap()).collect();
    assert_eq!(ids, BTreeSet::from([first, second]));
}

#[tokio::test]
async fn an_update_changes_properties_and_makes_no_version() {
    let it = Endpoint::new().await;
    let name = it.name("update");
    let version = it.set(&name, "one").await;
    let parameters = UpdateSecretPropertiesParameters {
        content_type: Some("text/plain".into()),
        tags: Some(tags(&[("a", "1"), ("b", "2")])),
        ..Default::default()
    };
    update(&it, &name, &version, parameters).await;
    let now = it.get(&name).await.unwrap();
    assert_eq!(now.resource_id().unwrap().version, Some(version));
    assert_eq!(
        (now.value.as_deref(), now.tags),
        (Some("one"), Some(tags(&[("a", "1"), ("b", "2")])))
    );
    assert_eq!(now.content_type.as_deref(), Some("text/plain"));
    assert_eq!(it.versions(&name).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_disabled_secret_gives_no_value_and_is_listed() {
    let it = Endpoint::new().await;
    let name = it.name("disabled");
    let version = it.set(&name, "one").await;
    update(&it, &name, &version, enabled(false)).await;
    let (status, code, inner) = refused(it.get(&name).await);
    assert!([403, 404].contains(&status), "{status}");
    if it.own.is_some() {
        assert_eq!((status, code.as_str(), inner.as_str()), (403, "Forbidden", "SecretDisabled"));
        assert_eq!(refused(it.get_version(&name, &version).await).0, 403);
    }
    let list = it.list().await.unwrap();
    let found = list.iter().find(|it| it.resource_id().unwrap().name == name).unwrap();
    assert_eq!(found.attributes.as_ref().unwrap().enabled, Some(false));
    update(&it, &name, &version, enabled(true)).await;
    assert_eq!(it.get(&name).await.unwrap().value.as_deref(), Some("one"));
}

#[tokio::test]
async fn dates_are_for_those_who_use_a_secret_and_do_not_keep_its_value_back() {
    let it = Endpoint::new().await;
    if it.own.is_none() {
        return; // there are emulators that do not know it
    }
    for (name, begin, end) in [("expired", None, at(1_000)), ("future", at(4_000_000_000), None)] {
        let parameters = SetSecretParameters {
            value: Some("v".into()),
            secret_attributes: Some(SecretAttributes {
                not_before: begin,
                expires: end,
                ..Default::default()
            }),
            ..Default::default()
        };
        it.set_with(name, parameters).await.unwrap();
        assert_eq!(it.get(name).await.unwrap().value.as_deref(), Some("v"));
    }
}

#[tokio::test]
async fn names_are_one_in_any_case() {
    let it = Endpoint::new().await;
    if it.own.is_none() {
        return; // there are emulators that tell them apart
    }
    it.set("Mixed", "one").await;
    it.set("mIXED", "two").await;
    assert_eq!(it.get("mixed").await.unwrap().value.as_deref(), Some("two"));
    assert_eq!(it.list().await.unwrap().len(), 1);
    assert_eq!(it.versions("MIXED").await.unwrap().len(), 2);
}
