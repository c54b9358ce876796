//! What the product reads of a vault, and what it makes of everything that can go wrong.

use std::error::Error as _;

use domain::secret::{Properties, SecretName};
use handler::secrets::{AzureVault, Deleted, Vault, VaultError};
use world::vault::{Draft, Operation, Trouble, Vault as Own, Vaults};

/// A vault, and the product's view of it.
async fn vault() -> (Own, Vault) {
    let own = Vaults::start().await.unwrap().vault("Team-Vault");
    let product = Vault::Azure(AzureVault::over(own.client().unwrap()));
    (own, product)
}

fn name(it: &str) -> SecretName {
    SecretName::new(it).unwrap()
}

fn names(list: &[Properties]) -> Vec<&str> {
    list.iter().map(|it| it.name.as_str()).collect()
}

/// What is told of an error, all of it.
fn told(error: &VaultError) -> String {
    format!("{error} {:?} {error:?}", error.source().map(ToString::to_string))
}

#[tokio::test]
async fn a_listing_is_whole_and_reads_no_value() {
    let (own, product) = vault().await;
    for n in 0..60 {
        own.set(&format!("S{n:02}"), "one").unwrap();
    }
    own.put("S00", Draft { disabled: true, ..Draft::new("two").tag("team", "data") }).unwrap();
    let list = product.list().await.unwrap();
    let want: Vec<String> = (0..60).map(|n| format!("s{n:02}")).collect();
    assert_eq!(names(&list), want);
    assert!(list.iter().all(|it| it.version.is_none() && it.created.is_some()));
    assert!(!list[0].enabled && list[1].enabled);
    assert_eq!(list[0].tags["team"], "data");
    let counts = [Operation::List, Operation::Versions, Operation::Value].map(|it| own.count(it));
    assert_eq!(counts, [3, 0, 0]);
    assert_eq!(product.name(), "team-vault");
}

#[tokio::test]
async fn a_listing_that_fails_halfway_is_no_shorter_listing() {
    let (own, product) = vault().await;
    for n in 0..60 {
        own.set(&format!("s{n}"), "one").unwrap();
    }
    own.fail_after(2, Operation::List, Trouble::Denied, 1);
    let error = product.list().await.unwrap_err();
    assert!(matches!(error, VaultError::Denied(_)), "{error:?}");
    assert_eq!(own.count(Operation::List), 3);
    assert_eq!(product.list().await.unwrap().len(), 60);
}

#[tokio::test]
async fn a_listing_is_followed_to_no_other_host_and_not_for_ever() {
    let (own, product) = vault().await;
    own.set("s", "one").unwrap();
    for link in ["https://elsewhere.vault.azure.net/secrets?a=b", "https://evil.example/", "x"] {
        own.fail(Operation::List, Trouble::Link(link.to_owned()), 1);
        let error = product.list().await.unwrap_err();
        assert!(matches!(error, VaultError::Garbled(_)), "{error:?}");
    }
    own.forget();
    own.never_end();
    for (error, on) in [
        (product.list().await.unwrap_err(), Operation::List),
        (product.versions(&name("s")).await.unwrap_err(), Operation::Versions),
    ] {
        assert!(matches!(error, VaultError::Garbled(_)), "{error:?}");
        assert_eq!(own.count(on), 1_000);
    }
}

#[tokio::test]
async fn a_secret_is_read_as_its_current_version_has_it() {
    let (own, product) = vault().await;
    let first = own.put("DB-Pass", Draft::new("canary-one").tag("team", "data")).unwrap();
    own.pass(60);
    let second = Draft {
        content_type: Some("application/json".into()),
        not_before: Some(4_000_000_000),
        expires: Some(1_000_000_000),
        ..Draft::new("canary-two")
    };
    let second = own.put("db-pass", second).unwrap();
    let (found, value) = product.read(&name("db-pass")).await.unwrap();
    assert_eq!(value.expose(), "canary-two");
    assert_eq!(found.version.as_ref().unwrap().as_str(), second);
    assert_eq!(found.content_type.as_deref(), Some("application/json"));
    assert_eq!(found.not_before.unwrap().as_second(), 4_000_000_000);
    assert_eq!(found.expires.unwrap().as_second(), 1_000_000_000);
    assert!(found.tags.is_empty() && found.enabled);

    let versions = product.versions(&name("db-pass")).await.unwrap();
    let created = |id: &str| {
        let of = |it: &&Properties| it.version.as_ref().unwrap().as_str() == id;
        versions.iter().find(of).unwrap().created.unwrap().as_second()
    };
    assert_eq!(versions.len(), 2);
    assert!(created(&second) - created(&first) >= 60);
    assert!(versions.contains(&found));
    assert_eq!(own.count(Operation::Value), 1);
}

#[tokio::test]
async fn a_missing_a_disabled_and_a_denied_secret_are_three_things() {
    let (own, product) = vault().await;
    own.put("off", Draft { disabled: true, ..Draft::new("canary") }).unwrap();
    own.set("on", "canary").unwrap();
    let error = product.read(&name("off")).await.err().unwrap();
    assert!(matches!(error, VaultError::Disabled(_)), "{error:?}");
    let error = product.read(&name("absent")).await.err().unwrap();
    assert!(matches!(error, VaultError::Missing(_)), "{error:?}");
    let error = product.versions(&name("absent")).await.unwrap_err();
    assert!(matches!(error, VaultError::Missing(_)), "{error:?}");
    own.fail(Operation::Value, Trouble::Denied, 1);
    let error = product.read(&name("on")).await.err().unwrap();
    assert!(matches!(error, VaultError::Denied(_)), "{error:?}");
    assert!(told(&error).contains("ForbiddenByPolicy"), "{error:?}");
}

/// An empty list of versions is what some answer of a name that they do not have.
#[tokio::test]
async fn a_secret_without_versions_is_missing() {
    let (own, product) = vault().await;
    own.set("s", "one").unwrap();
    own.fail(Operation::Versions, Trouble::Answer(200, r#"{"value":[]}"#.into()), 1);
    let error = product.versions(&name("s")).await.unwrap_err();
    assert!(matches!(error, VaultError::Missing(_)), "{error:?}");
}

#[tokio::test]
async fn a_deleted_secret_is_recoverable_until_it_is_purged() {
    let (own, product) = vault().await;
    own.set("s", "one").unwrap();
    own.hold();
    own.delete("s").unwrap();
    own.settle();
    assert_eq!(names(&product.list().await.unwrap()), [""; 0]);
    assert_eq!(product.deleted(&name("s")).await.unwrap(), Deleted::Recoverable);
    own.fail(Operation::Deleted, Trouble::Denied, 1);
    let error = product.deleted(&name("s")).await.unwrap_err();
    assert!(matches!(error, VaultError::Denied(_)), "{error:?}");
    own.recover("s").unwrap();
    let error = product.read(&name("s")).await.err().unwrap();
    assert!(matches!(error, VaultError::Conflict(_)), "{error:?}");
    own.settle();
    assert!(product.read(&name("s")).await.is_ok());
    own.delete("s").unwrap();
    own.settle();
    own.purge("s").unwrap();
    assert_eq!(product.deleted(&name("s")).await.unwrap(), Deleted::Purged);
}

#[tokio::test]
async fn what_may_be_over_in_a_while_is_told_as_such() {
    let (own, product) = vault().await;
    own.set("s", "one").unwrap();
    for trouble in [
        Trouble::Throttled(1),
        Trouble::Answer(500, "canary".into()),
        Trouble::Answer(503, String::new()),
    ] {
        own.fail(Operation::List, trouble.clone(), 1);
        let error = product.list().await.unwrap_err();
        assert!(matches!(error, VaultError::Unavailable(_)), "{error:?}");
        own.fail(Operation::Value, trouble, 1);
        let error = product.read(&name("s")).await.err().unwrap();
        assert!(matches!(error, VaultError::Unavailable(_)), "{error:?}");
        assert!(!told(&error).contains("canary"), "{error:?}");
    }
}

#[tokio::test]
async fn an_answer_that_makes_no_sense_is_told_without_its_text() {
    let (own, product) = vault().await;
    own.set("s", "one").unwrap();
    let id = r#""id":"https://v.vault.azure.net/secrets/s/1""#;
    for body in [
        "canary".to_owned(),
        r#"{"value":{"canary":1},"id":2}"#.to_owned(),
        r#"{"value":"canary"}"#.to_owned(),
        r#"{"value":"canary","id":"https://v.vault.azure.net/secrets/canary/1"}"#.to_owned(),
        r#"{"value":"canary","id":"https://v.vault.azure.net/secrets/s"}"#.to_owned(),
        format!("{{{id}}}"),
        format!(r#"{{"value":"canary",{id},"attributes":{{"created":"canary"}}}}"#),
        format!(r#"{{"value":"canary",{id},"attributes":{{"exp":99999999999999}}}}"#),
    ] {
        own.fail(Operation::Value, Trouble::Answer(200, body.clone()), 1);
        let error = product.read(&name("s")).await.err().unwrap();
        assert!(matches!(error, VaultError::Garbled(_)), "{body}: {error:?}");
        assert!(!told(&error).contains("canary"), "{error:?}");
    }
    own.fail(Operation::Value, Trouble::Answer(404, "<html>canary</html>".into()), 1);
    let error = product.read(&name("s")).await.err().unwrap();
    assert!(matches!(error, VaultError::Garbled(_)), "{error:?}");
}

#[tokio::test]
async fn a_vault_that_takes_no_token_of_ours_denies() {
    let (own, _) = vault().await;
    let product = Vault::Azure(AzureVault::over(own.client_with("canary".into()).unwrap()));
    let error = product.list().await.unwrap_err();
    assert!(matches!(error, VaultError::Denied(_)), "{error:?}");
    assert!(!told(&error).contains("canary"), "{error:?}");
    assert_eq!(own.count(Operation::List), 0);
}
