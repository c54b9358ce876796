//! Listings: whole, by pages, without values.

use std::collections::BTreeMap;

use azure_security_keyvault_secrets::ResourceExt as _;
use azure_security_keyvault_secrets::models::SecretClientListSecretPropertiesOptions;
use futures::TryStreamExt as _;
use world::vault::Operation;

use super::endpoint::{Endpoint, refused};

#[tokio::test]
async fn a_listing_has_each_secret_once_and_no_versions() {
    let it = Endpoint::new().await;
    let names: Vec<String> = (0..60).map(|n| it.name(&format!("many{n}"))).collect();
    for name in &names {
        it.set(name, "one").await;
    }
    it.set(&names[0], "two").await;
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for item in it.list().await.unwrap() {
        let id = item.resource_id().unwrap();
        assert_eq!(id.version, None);
        *found.entry(id.name).or_default() += 1;
    }
    for name in &names {
        assert_eq!(found.get(name), Some(&1), "{name}");
    }
    if let Some(own) = &it.own {
        assert_eq!(own.count(Operation::List), 3, "pages of 25");
        assert_eq!(own.count(Operation::Value), 0);
    }
}

#[tokio::test]
async fn pages_are_as_large_as_they_are_asked_to_be() {
    let it = Endpoint::new().await;
    for n in 0..5 {
        it.set(&it.name(&format!("page{n}")), "one").await;
    }
    let options = |most| {
        let maxresults = Some(most);
        Some(SecretClientListSecretPropertiesOptions { maxresults, ..Default::default() })
    };
    let mut pages = it.client.list_secret_properties(options(2)).unwrap().into_pages();
    let page = pages.try_next().await.unwrap().unwrap().into_model().unwrap();
    assert_eq!(page.value.len(), 2);
    assert!(page.next_link.is_some());
    if it.own.is_some() {
        for most in [0, 26, -1] {
            let mut pages = it.client.list_secret_properties(options(most)).unwrap().into_pages();
            assert_eq!(refused(pages.try_next().await).0, 400, "{most}");
        }
    }
}

#[tokio::test]
async fn neither_listing_is_in_the_order_of_time() {
    let it = Endpoint::new().await;
    if it.own.is_none() {
        return; // there are emulators that have one
    }
    let mut versions = Vec::new();
    for n in 0..20 {
        it.set(&format!("s{n:02}"), "one").await;
        versions.push(it.set("many", &n.to_string()).await);
    }
    let list = it.list().await.unwrap();
    let names: Vec<_> = list.iter().map(|it| it.resource_id().unwrap().name).collect();
    assert_eq!(names.len(), 21);
    assert!(!names.is_sorted(), "{names:?}");
    let listed = it.versions("many").await.unwrap();
    let listed: Vec<_> =
        listed.iter().map(|it| it.resource_id().unwrap().version.unwrap()).collect();
    assert_eq!(listed.len(), 20);
    assert_ne!(listed, versions);
}
