use std::os::unix::fs::PermissionsExt as _;

use domain::secret::SecretName;
use expect_test::{Expect, expect};

use super::*;
use crate::secrets::Vault;

struct Folder(tempfile::TempDir);

impl Folder {
    fn with(text: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let this = Self(dir);
        this.write(text);
        this
    }

    fn write(&self, text: &str) {
        std::fs::write(self.0.path().join(FILE), text).unwrap();
    }

    fn vault(&self) -> Vault {
        Vault::local(self.0.path())
    }
}

fn name(it: &str) -> SecretName {
    SecretName::new(it).unwrap()
}

const TWO: &str = r#"
[Warehouse-Login]
value = '{"user":"me"}'
content-type = "application/json"
not-before = 2026-01-01T01:00:00+01:00
expires = 2030-01-31T12:00:00Z
tags = { prefect-block = "secret", team = "data" }

[api-token]
value = "t"
enabled = false
"#;

#[tokio::test]
async fn without_a_file_a_local_vault_is_empty() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::local(&folder.path().join("not-yet"));
    assert_eq!(vault.list().await.unwrap(), []);
    assert!(matches!(vault.read(&name("x")).await, Err(VaultError::Missing(_))));
    assert!(matches!(vault.versions(&name("x")).await, Err(VaultError::Missing(_))));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was made");
}

#[tokio::test]
async fn a_file_tells_of_its_secrets_what_a_vault_would() {
    let folder = Folder::with(TWO);
    let vault = folder.vault();
    let list = vault.list().await.unwrap();
    let names: Vec<_> = list.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["api-token", "warehouse-login"]);
    assert!(list.iter().all(|it| it.version.is_none() && it.updated.is_some()));
    let (found, value) = vault.read(&name("warehouse-login")).await.unwrap();
    assert_eq!(value.expose(), r#"{"user":"me"}"#);
    assert_eq!(found.content_type.as_deref(), Some("application/json"));
    assert_eq!(found.not_before.unwrap().to_string(), "2026-01-01T00:00:00Z");
    assert_eq!(found.expires.unwrap().to_string(), "2030-01-31T12:00:00Z");
    assert_eq!(found.tags["team"], "data");
    assert_eq!(vault.versions(&name("warehouse-login")).await.unwrap(), [found]);
    assert!(matches!(vault.read(&name("api-token")).await, Err(VaultError::Disabled(_))));
    assert!(!list[0].enabled && list[1].enabled);
}

#[tokio::test]
async fn a_version_changes_with_the_value_and_with_nothing_else() {
    let folder = Folder::with("[a]\nvalue = \"one\"\n[b]\nvalue = \"one\"");
    let of = async |it: &str| folder.vault().versions(&name(it)).await.unwrap().remove(0).version;
    let (a, b) = (of("a").await, of("b").await);
    assert_ne!(a, b, "equal values are not seen to be equal");
    folder.write("[a]\nvalue = \"one\"\ntags = { team = \"x\" }\n[b]\nvalue = \"two\"");
    assert_eq!(of("a").await, a);
    assert_ne!(of("b").await, b);
    // whoever sees a version can not try values on it without the key, which its owner alone reads
    let key = folder.0.path().join(KEY);
    assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::remove_file(&key).unwrap();
    assert_ne!(of("a").await, a);
}

#[tokio::test]
async fn a_key_that_is_none_is_told_and_not_replaced() {
    let folder = Folder::with(TWO);
    std::fs::write(folder.0.path().join(KEY), "canary").unwrap();
    let error = folder.vault().list().await.unwrap_err();
    assert!(matches!(error, VaultError::Rejected(_)), "{error:?}");
    let told = crate::telemetry::chain(&error);
    assert!(told.contains(".secrets.key") && !told.contains("canary"), "{told}");
}

/// What is told of a file with `text`.
async fn check(text: &str, expect: Expect) {
    let folder = Folder::with(text);
    let error = folder.vault().list().await.unwrap_err();
    assert!(matches!(error, VaultError::Rejected(_)), "{error:?}");
    assert!(!format!("{error:?}").contains("canary"), "{error:?}");
    expect.assert_eq(&crate::telemetry::chain(&error));
}

#[tokio::test]
async fn a_file_that_is_no_toml_is_told_with_its_place_and_without_its_text() {
    check("[a]\nvalue = canary", expect!["cannot list the secrets of `secrets.toml`: refused: secrets.toml: line 2, column 9: this is no TOML: a text needs quotes, a time has none, and a name stands only once"]).await;
    check("[a]\nvalue = \"canary", expect!["cannot list the secrets of `secrets.toml`: refused: secrets.toml: line 2, column 16: this is no TOML: a text needs quotes, a time has none, and a name stands only once"]).await;
    check("[a]\nvalue = \"x\"\ncanary", expect!["cannot list the secrets of `secrets.toml`: refused: secrets.toml: line 3, column 7: this is no TOML: a text needs quotes, a time has none, and a name stands only once"]).await;
    check("[a]\nvalue = \"x\"\nvalue = \"canary\"", expect!["cannot list the secrets of `secrets.toml`: refused: secrets.toml: line 3, column 1: this is no TOML: a text needs quotes, a time has none, and a name stands only once"]).await;
}

#[tokio::test]
async fn every_fault_of_a_file_is_told_at_once_and_none_shows_a_value() {
    let text = r#"
canary = "canary"
[can_ary]
value = "canary"
[a]
value = 12345678
enabled = "canary"
expires = 2030-01-31T12:00:00
tags = { team = 1 }
canary = "canary"
[A]
value = ""
[c]
"#;
    check(text, expect!["cannot list the secrets of `secrets.toml`: refused: secrets.toml: line 2, column 1: a secret is a table of its own, `[NAME]`, with a `value` in it; line 3, column 2: a name of a secret has 1 to 127 letters, digits and `-`; line 6, column 9: a text in quotes belongs here; line 7, column 11: true or false belongs here; line 8, column 11: a time without quotes belongs here, such as 2030-01-31T12:00:00Z; line 9, column 17: a text in quotes belongs here; line 10, column 1: a secret has `value`, `content-type`, `enabled`, `not-before`, `expires` and `tags`; line 11, column 2: that secret is there already: names are one in any case; line 12, column 9: a value has 1 to 25600 bytes; line 13, column 2: the secret has no `value`"]).await;
}
