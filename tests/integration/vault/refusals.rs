//! What a vault refuses.

use std::collections::HashMap;

use azure_security_keyvault_secrets::models::SetSecretParameters;
use serde_json::{Value, json};
use world::vault::{Operation, Trouble, Vaults, token};

use super::endpoint::{Endpoint, refused};

fn with_value(value: &str) -> SetSecretParameters {
    SetSecretParameters { value: Some(value.to_owned()), ..Default::default() }
}

#[tokio::test]
async fn a_secret_or_a_version_that_is_not_there_is_not_found() {
    let it = Endpoint::new().await;
    let name = it.name("there");
    it.set(&name, "one").await;
    assert_eq!(refused(it.get(&it.name("absent")).await).0, 404);
    let (status, code, _) = refused(it.get_version(&name, &"0".repeat(32)).await);
    assert_eq!(status, 404);
    if it.own.is_some() {
        assert_eq!(code, "SecretNotFound");
        assert_eq!(refused(it.client.delete_secret("absent", None).await).1, "SecretNotFound");
        assert_eq!(refused(it.versions("absent").await).1, "SecretNotFound");
    }
}

#[tokio::test]
async fn a_secret_without_a_value_is_refused() {
    let it = Endpoint::new().await;
    let name = it.name("empty");
    assert_eq!(refused(it.set_with(&name, with_value("")).await).0, 400);
    assert_eq!(refused(it.set_with(&name, SetSecretParameters::default()).await).0, 400);
}

#[tokio::test]
async fn what_is_too_long_or_too_much_is_refused() {
    let it = Endpoint::new().await;
    if it.own.is_none() {
        return; // there are emulators that take it all
    }
    let tags =
        |tags: HashMap<String, String>| SetSecretParameters { tags: Some(tags), ..with_value("v") };
    let many = |n: usize| (0..n).map(|it| (it.to_string(), String::new())).collect();
    let one = |name: &str, value: &str| HashMap::from([(name.to_owned(), value.to_owned())]);
    let long = "x".repeat(513);
    for (name, parameters) in [
        ("a_b", with_value("v")),
        ("ä", with_value("v")),
        (&*"n".repeat(128), with_value("v")),
        ("n", with_value(&"x".repeat(25_601))),
        ("n", tags(many(16))),
        ("n", tags(one(&long, ""))),
        ("n", tags(one("t", &long))),
        ("n", SetSecretParameters { content_type: Some(long.clone()), ..with_value("v") }),
    ] {
        let told = refused(it.set_with(name, parameters).await);
        assert_eq!(told, (400, "BadParameter".into(), String::new()), "{name}");
    }
    it.set_with(&"n".repeat(127), tags(many(15))).await.unwrap();
    assert_eq!(it.list().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_version_of_the_api_that_is_not_known_is_refused() {
    let it = Endpoint::new().await;
    let (status, ..) = refused(it.with_api("1.0").get_secret(&it.name("s"), None).await);
    assert!([400, 404].contains(&status), "{status}");
    let Some(vault) = &it.own else { return };
    let token = format!("Bearer {}", token::signed(&token::claims()).unwrap());
    for (query, status) in [("", 400), ("?api-version=1.0", 400), ("?api-version=7.4", 200)] {
        let request = vault.http().unwrap().get(format!("{}/secrets{query}", vault.url()));
        let answer = request.header("authorization", &token).send().await.unwrap();
        assert_eq!(answer.status(), status, "{query}");
    }
}

#[tokio::test]
async fn who_has_no_token_is_told_where_to_get_one_and_nothing_else() {
    let it = Endpoint::new().await;
    let name = it.name("challenge");
    it.set(&name, "canary").await;
    let url = format!("{}/secrets/{name}/?api-version=7.4", it.wire.0);
    let answer = it.wire.1.get(url).send().await.unwrap();
    assert_eq!(answer.status(), 401);
    let challenge = answer.headers()["www-authenticate"].to_str().unwrap().to_owned();
    assert!(challenge.starts_with("Bearer authorization=\"https://"), "{challenge}");
    if it.own.is_none() {
        assert!(!answer.text().await.unwrap().contains("canary"));
        return; // there are emulators with another resource, and without a body
    }
    assert!(challenge.contains("resource=\"https://vault.azure.net\""), "{challenge}");
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["error"]["code"], "Unauthorized");
    assert!(!body.to_string().contains("canary"));
}

#[tokio::test]
async fn only_a_token_for_vaults_that_is_signed_and_in_time_is_taken() {
    let vaults = Vaults::start().await.unwrap();
    let vault = vaults.vault("tokens");
    vault.set("s", "one").unwrap();
    let read = async |token: String| vault.client_with(token).unwrap().get_secret("s", None).await;
    let with = |name: &str, value: Value| {
        let mut claims = token::claims();
        claims[name] = value;
        token::signed(&claims).unwrap()
    };
    let good = token::signed(&token::claims()).unwrap();
    let (text, signature) = good.rsplit_once('.').unwrap();
    let (_, other) = with("sub", json!("other"))
        .rsplit_once('.')
        .map(|it| (String::new(), it.1.to_owned()))
        .unwrap();
    for token in [
        with("aud", json!("https://storage.azure.com")),
        with("iss", json!("https://sts.windows.net/other/")),
        with("exp", json!(1_000_000_000)),
        with("nbf", json!(4_000_000_000_i64)),
        format!("{text}.{other}"),
        format!("{text}.canary"),
        format!("{text}."),
        signature.to_owned(),
    ] {
        assert_eq!(refused(read(token.clone()).await).0, 401, "{token}");
    }
    assert_eq!(vault.count(Operation::Value), 0);
    assert!(read(good).await.is_ok());
    assert_eq!(vault.count(Operation::Value), 1);
}

#[tokio::test]
async fn a_vault_that_has_too_much_to_do_says_when_to_come_again() {
    let vaults = Vaults::start().await.unwrap();
    let vault = vaults.vault("throttled");
    vault.set("s", "one").unwrap();
    vault.fail(Operation::Value, Trouble::Throttled(7), 1);
    let client = vault.client().unwrap();
    let error = client.get_secret("s", None).await.unwrap_err();
    let azure_core::error::ErrorKind::HttpResponse { status, raw_response, .. } = error.kind()
    else {
        panic!("{error:?}");
    };
    assert_eq!(u16::from(*status), 429);
    let headers = raw_response.as_ref().unwrap().headers();
    assert_eq!(headers.get_str(&"retry-after".into()).unwrap(), "7");
    assert!(client.get_secret("s", None).await.is_ok());
}
