//! Events of a key vault -> the secret to look at.
//!
//! Source: "Azure Key Vault as Event Grid source"; its sample and its table differ in the case of `id`, a key with a space at its
//! end, and times that are texts or numbers: nothing but the two names is read, and the vault tells the rest.

use serde_json::Value;

use super::{Malformed, Outcome, Places, member, text};
use crate::job::{Cause, Job, Scope};
use crate::secret::SecretName;

/// What the event `value` is about, which is of that kind and has that id.
pub(super) fn read(
    value: &Value,
    (kind, id): (&str, &str),
    places: &Places,
) -> Result<Outcome, Malformed> {
    if !matches!(kind, "SecretNewVersionCreated" | "SecretNearExpiry" | "SecretExpired") {
        return Ok(Outcome::Ignored("not about a secret"));
    }
    let Some(vault) = &places.vault else { return Ok(Outcome::Ignored("no vault is configured")) };
    let data = member(value, "data").ok_or(Malformed("it has no data"))?;
    let name = text(data, "VaultName").ok_or(Malformed("it names no vault"))?;
    if !name.eq_ignore_ascii_case(vault) {
        return Ok(Outcome::Ignored("another vault"));
    }
    if text(data, "ObjectType").is_some_and(|it| !it.eq_ignore_ascii_case("Secret")) {
        return Ok(Outcome::Ignored("not about a secret"));
    }
    let secret = text(data, "ObjectName").or_else(|| text(value, "subject"));
    let secret = secret.ok_or(Malformed("it names no secret"))?;
    Ok(match SecretName::new(secret) {
        Ok(secret) => Outcome::Job(Job::new(Scope::Secret(secret.into()), Cause::Rotation, id)),
        Err(_) => Outcome::Ignored("its name is no secret's name"),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::read;
    use super::*;

    fn check(event: &Value) -> String {
        let vault = Some("sample-kv".to_owned());
        let places = Places { account: None, container: "bundles".into(), vault };
        match read(event, &places) {
            Ok(Outcome::Job(job)) => job.to_message(),
            Ok(Outcome::Ignored(why)) => why.to_owned(),
            Err(error) => error.to_string(),
        }
    }

    /// The sample of the documentation.
    fn created() -> Value {
        let id =
            "https://sample-kv.vault.azure.net/secrets/newsecret/ee059b2bb5bc48398a53b168c6cdcb10";
        json!({
            "id": "e1", "topic": "/subscriptions/s/providers/Microsoft.KeyVault/vaults/sample-kv",
            "subject": "newsecret", "eventType": "Microsoft.KeyVault.SecretNewVersionCreated",
            "eventTime": "2019-07-25T01:08:33.1036736Z",
            "data": {"Id": id, "VaultName": "sample-kv", "ObjectType": "Secret", "ObjectName": "newsecret",
                "Version": "ee059b2bb5bc48398a53b168c6cdcb10", "NBF": "1559081980", "EXP": "1559082102"},
            "dataVersion": "1", "metadataVersion": "1",
        })
    }

    const WANT: &str = r#"{"v":1,"scope":"secret","id":"newsecret","cause":"rotation","request":"e1","options":{}}"#;

    #[test]
    fn a_rotation_says_which_secret_to_look_at() {
        assert_eq!(check(&created()), WANT);
        for kind in ["SecretNearExpiry", "SecretExpired"] {
            let event = json!({
                "id": "e1", "source": "/x/vaults/sample-kv", "subject": "newsecret", "specversion": "1.0",
                "type": format!("Microsoft.KeyVault.{kind}"), "time": "2019-07-25T01:08:33Z",
                "data": {"vaultName": "SAMPLE-KV", "ObjectName ": " newsecret", "NBF": null, "EXP": 1_559_082_102},
            });
            assert_eq!(check(&event), WANT, "{kind}");
        }
    }

    #[test]
    fn what_is_not_ours_is_ignored_with_the_reason() {
        let with = |pointer: &str, value: &str| {
            let mut event = created();
            *event.pointer_mut(pointer).unwrap() = json!(value);
            check(&event)
        };
        assert_eq!(with("/data/VaultName", "other"), "another vault");
        assert_eq!(with("/data/ObjectType", "Certificate"), "not about a secret");
        assert_eq!(with("/data/ObjectName", "a/b"), "its name is no secret's name");
        for kind in ["KeyNewVersionCreated", "CertificateExpired", "VaultAccessPolicyChanged"] {
            assert_eq!(
                with("/eventType", &format!("Microsoft.KeyVault.{kind}")),
                "not about a secret"
            );
        }
    }

    #[test]
    fn half_an_event_is_said_to_be_none() {
        let mut event = created();
        event["data"] = json!({"VaultName": "sample-kv"});
        event.as_object_mut().unwrap().remove("subject");
        assert_eq!(check(&event), "this is no event: it names no secret");
    }
}
