//! An installation of its own: other tests' bundles are not in its containers.

use serde_json::{Value, json};
use world::bundles;
use world::host::Host;
use world::prefect::Server;
use world::proxy::Proxy;

use crate::servers::azurite;
use handler::stores::{Condition, StoreError};

/// A handler with its containers, between Azurite and a real server.
pub(crate) struct Installation {
    pub(crate) server: &'static Server,
    pub(crate) proxy: Proxy,
    pub(crate) host: Host,
    /// That of its containers, and of the instance.
    pub(crate) name: &'static str,
}

impl Installation {
    pub(crate) async fn start(
        name: &'static str,
        server: &'static Server,
        more: &[(&str, &str)],
    ) -> Self {
        let proxy = Proxy::start(&server.api).await.unwrap();
        let block = format!("sync-{name}");
        let containers = containers(name);
        let containers = containers.iter().map(|(setting, it)| (*setting, it.as_str()));
        let settings = [
            ("PREFECT_API_URL", proxy.api.as_str()),
            ("SYNC_INSTANCE", name),
            ("SYNC_CREATE_POOLS", "true"),
            ("SYNC_POOL_TYPE", "process"),
            ("SYNC_CREDENTIALS_COPY", "true"),
            ("SYNC_CREDENTIALS_BLOCK", &block),
        ];
        let settings: Vec<_> =
            settings.into_iter().chain(containers).chain(more.iter().copied()).collect();
        let host = Host::start(azurite().await, &settings).await.unwrap();
        Self { server, proxy, host, name }
    }

    /// Uploads an archive with a `prefect.yaml` and a `flow.py`, and works on what comes of it.
    pub(crate) async fn upload(&self, bundle: &str, yaml: &str, flow: &str) {
        self.put(bundle, yaml, flow).await;
        self.host.settled().await.unwrap();
    }

    /// Uploads it, and delivers the event.
    pub(crate) async fn put(&self, bundle: &str, yaml: &str, flow: &str) {
        self.write(bundle, yaml, flow).await;
        self.event(bundle, "Created").await;
    }

    /// Uploads it, and nobody is told.
    pub(crate) async fn write(&self, bundle: &str, yaml: &str, flow: &str) {
        let bytes = bundles::zip_of(&[("prefect.yaml", yaml), ("flow.py", flow)]).unwrap();
        let blob = format!("{bundle}.zip");
        self.host.stores.bundles.write(&blob, bytes, Condition::Any).await.unwrap();
    }

    /// Uploads an archive with these files, and works on what comes of it; gives the receipt.
    pub(crate) async fn upload_files(&self, bundle: &str, files: &[(&str, &str)]) -> Value {
        let bytes = bundles::zip_of(files).unwrap();
        let blob = format!("{bundle}.zip");
        self.host.stores.bundles.write(&blob, bytes, Condition::Any).await.unwrap();
        self.event(bundle, "Created").await;
        self.host.settled().await.unwrap();
        self.document(bundle, "receipts/latest.json").await
    }

    /// Deletes the archive, and works on what comes of it.
    pub(crate) async fn remove(&self, bundle: &str) {
        self.host.stores.bundles.delete(&format!("{bundle}.zip")).await.unwrap();
        self.event(bundle, "Deleted").await;
        self.host.settled().await.unwrap();
    }

    async fn event(&self, bundle: &str, what: &str) {
        let container = self.host.stores.bundles.name();
        let event = json!({
            "id": uuid::Uuid::new_v4().to_string(),
            "topic": "t",
            "subject": format!("/blobServices/default/containers/{container}/blobs/{bundle}.zip"),
            "eventType": format!("Microsoft.Storage.Blob{what}"),
            "data": {"api": "PutBlob"},
        });
        self.host.events(&[event]).await.unwrap();
    }

    /// The timer fires, and what comes of it is worked on.
    pub(crate) async fn timer(&self) {
        self.host.invoke("Reconcile", json!({"IsPastDue": false})).await.unwrap();
        self.host.settled().await.unwrap();
    }

    /// A document of `bundle`; null when there is none.
    pub(crate) async fn document(&self, bundle: &str, name: &str) -> Value {
        let key = format!("{bundle}/{name}");
        let read = || self.host.stores.receipts.read(&key, 1 << 20);
        let found = match read().await {
            // Azurite under load may not answer for half a minute
            Err(StoreError::Unavailable(_)) => read().await,
            other => other,
        };
        found.unwrap().map_or(Value::Null, |(bytes, _)| serde_json::from_slice(&bytes).unwrap())
    }

    /// What `GET /api/status` tells of `bundle`.
    pub(crate) async fn status(&self, bundle: &str) -> Value {
        self.host.status(json!({"bundle": bundle})).await.unwrap().1
    }

    /// The writes to Prefect since they were taken last, but for events.
    pub(crate) fn writes(&self) -> Vec<String> {
        self.proxy.writes().into_iter().filter(|it| !it.ends_with("/events")).collect()
    }
}

/// The settings of the containers of the installation `name`.
pub(crate) fn containers(name: &str) -> [(&'static str, String); 3] {
    [
        ("SYNC_BUNDLES_CONTAINER", format!("{name}-bundles")),
        ("SYNC_CODE_CONTAINER", format!("{name}-code")),
        ("SYNC_RECEIPTS_CONTAINER", format!("{name}-receipts")),
    ]
}

/// A `flow.py` with a flow of that name.
pub(crate) fn flow(name: &str) -> String {
    format!(
        "from prefect import flow\n\n@flow(name='{name}')\ndef main(limit: int = 1):\n    pass\n"
    )
}
