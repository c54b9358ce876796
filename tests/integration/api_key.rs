//! The credentials for Prefect are a secret of the vault.

use serde_json::{Value, json};
use world::prefect::{Server, THREE};
use world::vault::{Draft, Operation, Vault, Vaults};

use crate::installation::{Installation, flow};

const OLD: &str = "admin:canary-a81c-old";
const NEW: &str = "admin:canary-a81c-new";
const YAML: &str =
    "deployments:\n- {name: d, entrypoint: flow.py:main, work_pool: {name: api-key}}\n";

/// An installation whose server takes `NEW`, which the vault is to have.
async fn start() -> (Installation, Vault) {
    let settings = [("PREFECT_SERVER_API_AUTH_STRING", NEW)];
    let server = Server::start_with(THREE, &settings, Some(NEW)).await.unwrap();
    let vault = Vaults::start().await.unwrap().vault("api-key");
    let settings = vault.settings();
    let mut settings: Vec<_> = settings.iter().map(|it| (it.0, it.1.as_str())).collect();
    settings.push(("SYNC_PREFECT_API_AUTH_STRING_SECRET", "prefect-login"));
    let server = Box::leak(Box::new(server));
    (Installation::start("api-key", server, &settings).await, vault)
}

async fn receipt(it: &Installation) -> Value {
    it.document("sales", "receipts/latest.json").await
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_that_are_rotated_in_the_vault_are_used_without_a_restart() {
    let (it, vault) = start().await;
    // nothing is there yet, then what the server does not take
    it.upload("sales", YAML, &flow("api-key")).await;
    let missing = receipt(&it).await;
    assert_eq!(missing["outcome"], "failed");
    assert!(missing.to_string().contains("cannot read the secret `prefect-login`"), "{missing}");
    vault.put("prefect-login", Draft::new(OLD)).unwrap();
    it.upload("sales", YAML, &flow("api-key")).await;
    let denied = receipt(&it).await;
    assert_eq!(denied["outcome"], "failed");
    assert!(denied.to_string().contains("not authorised (HTTP 401"), "{denied}");

    // as a file has it, with a line break
    vault.put("prefect-login", Draft::new(&format!("{NEW}\n"))).unwrap();
    it.upload("sales", YAML, &flow("api-key")).await;
    assert_eq!(receipt(&it).await["outcome"], "applied");
    it.server.deployment("api-key", "d").await.unwrap();

    // it is kept until its event comes, and another's is none of its
    vault.forget();
    it.timer().await;
    assert_eq!(vault.count(Operation::Value), 0);
    vault.put("other", Draft::new("of nobody")).unwrap();
    for (secret, reads) in [("other", 0), ("prefect-login", 1)] {
        let event = world::events::of_secret("api-key", secret, "SecretNewVersionCreated");
        it.host.invoke("VaultEvents", event).await.unwrap();
        it.host.settled().await.unwrap();
        it.timer().await;
        assert_eq!(vault.count(Operation::Value), reads, "{secret}");
    }
    let told = format!("{}{}", it.host.log().unwrap(), it.host.status(json!({})).await.unwrap().1);
    assert!(!told.contains("canary"), "{told}");
}
