//! Documents in a container that others write at the same time.

use handler::config::Config;
use handler::stores::{Condition, Stores};
use world::proxy::{Fault, Kind, Proxy};

use crate::servers::azurite;

fn open(connection: &str) -> Stores {
    let lookup = |name: &str| match name {
        "SyncStorage" => Some(connection.to_owned()),
        "PREFECT_API_URL" => Some("http://127.0.0.1:4200/api".to_owned()),
        _ => None,
    };
    Stores::open(&Config::from_env(lookup).unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_is_written_while_it_is_read_is_read_anew() {
    let azurite = azurite().await;
    let blob = Proxy::start(&azurite.blob).await.unwrap();
    let stores = open(&azurite.connection);
    let seen = open(&azurite.connection.replace(&azurite.blob, &blob.api));
    let key = "written-while-read/latest.json";
    stores.ensure().await.unwrap();
    stores.receipts.write(key, b"one".to_vec(), Condition::Any).await.unwrap();
    // its version is known, its content not before it is written
    let content = Fault { kind: Kind::CutBefore, writes: false, first: 2, last: usize::MAX };
    blob.set(Some(content));
    let written = async {
        blob.reached().await;
        let etag = stores.receipts.write(key, b"two".to_vec(), Condition::Any).await.unwrap();
        blob.set(None);
        etag
    };
    let (found, etag) = tokio::join!(seen.receipts.read(key, 9), written);
    assert_eq!(found.unwrap(), Some((b"two".to_vec(), etag)));
}
