//! Every way to prove who we are to Azure Storage does the whole job, and none is ever told.

use serde_json::Value;
use world::azurite::Azurite;
use world::bundles;
use world::federation::{CLIENT, Federation};
use world::host::Host;
use world::identity::Identity;
use world::storage::Account;

use handler::stores::Condition;

use crate::servers::{azurite, three};

/// One upload, from its event to its receipt, in a container of its own.
async fn works(azurite: &Azurite, name: &str, settings: &[(&str, &str)]) -> String {
    let server = three().await;
    let mut settings = settings.to_vec();
    settings.extend([
        ("PREFECT_API_URL", server.api.as_str()),
        ("SYNC_INSTANCE", name),
        ("SYNC_CREATE_POOLS", "true"),
        ("SYNC_POOL_TYPE", "process"),
        ("SYNC_CREDENTIALS_BLOCK", name),
    ]);
    let host = Host::start(azurite, &settings).await.unwrap();
    let blob = format!("{name}.zip");
    let renamed = |yaml: String| {
        yaml.replace("name: daily", &format!("name: {name}"))
            .replace("name: on-demand", &format!("name: {name}-too"))
    };
    let bundle = bundles::hello(renamed);
    let written = host.stores.bundles.write(&blob, bundle.unwrap(), Condition::Any).await.unwrap();
    host.events(&[world::events::blob_created(&blob, &written)]).await.unwrap();
    host.settled().await.unwrap();
    let log = host.log().unwrap();
    let receipt = host.stores.receipts.read(&format!("{name}/receipts/latest.json"), 1 << 20).await;
    let (receipt, _) = receipt.unwrap().ok_or_else(|| log.clone()).unwrap();
    let receipt: Value = serde_json::from_slice(&receipt).unwrap();
    assert_eq!(receipt["outcome"], "applied", "{receipt}");
    server.deployment("hello", name).await.unwrap();
    format!("{log}{receipt}")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shared_access_signature_is_enough_and_is_never_told() {
    let azurite = azurite().await;
    let connection = Account::of(azurite).unwrap().shared_access().unwrap();
    let (_, signature) = connection.rsplit_once("sig=").unwrap();
    let told = works(azurite, "signature", &[("SyncStorage", &connection)]).await;
    assert!(!told.contains(signature), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_managed_identity_over_tls_is_enough_and_is_never_told() {
    let azurite = Azurite::tls().await.unwrap();
    let identity = Identity::start().await.unwrap();
    let root = azurite.root().unwrap();
    let mut settings = vec![
        ("SyncStorage__blobServiceUri", azurite.blob.as_str()),
        ("SyncStorage__queueServiceUri", azurite.queue.as_str()),
        ("SYNC_CA_FILE", root.to_str().unwrap()),
    ];
    settings.extend(identity.settings());
    let told = works(&azurite, "identity", &settings).await;
    // of the header of the endpoint, and of the token's signature
    assert!(!told.contains("canary"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workload_identity_is_the_one_that_is_named_and_is_never_told() {
    let azurite = Azurite::tls().await.unwrap();
    let federation = Federation::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let roots = folder.path().join("roots.pem");
    let of_azurite = std::fs::read_to_string(azurite.root().unwrap()).unwrap();
    std::fs::write(&roots, of_azurite + &federation.root).unwrap();
    let given = federation.settings();
    let mut settings = vec![
        ("SyncStorage__blobServiceUri", azurite.blob.as_str()),
        ("SyncStorage__queueServiceUri", azurite.queue.as_str()),
        ("SyncStorage__clientId", CLIENT),
        ("SYNC_CA_FILE", roots.to_str().unwrap()),
    ];
    settings.extend(given.iter().map(|(name, it)| (*name, it.as_str())));
    let told = works(&azurite, "workload", &settings).await;
    assert!(!told.contains("canary"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_root_certificate_nothing_is_sent() {
    let azurite = Azurite::tls().await.unwrap();
    let identity = Identity::start().await.unwrap();
    let mut settings = vec![
        ("PREFECT_API_URL", "http://127.0.0.1:9/api"),
        ("SyncStorage__blobServiceUri", azurite.blob.as_str()),
        ("SyncStorage__queueServiceUri", azurite.queue.as_str()),
    ];
    settings.extend(identity.settings());
    let host = Host::start(&azurite, &settings).await.unwrap();
    let (status, body) = host.redeploy(r#"{"bundle":"any"}"#).await.unwrap();
    assert_eq!(status, 503, "{body}");
    let log = host.log().unwrap();
    assert!(log.contains("certificate"), "{log}");
    assert!(!format!("{log}{body}").contains("canary"), "{log}{body}");
}
