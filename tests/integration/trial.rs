//! A bundle on its way to a real server through proxies, and what it leaves there.

use serde_json::{Value, json};
use world::azurite::Azurite;
use world::bundles;
use world::host::Host;
use world::prefect::Server;
use world::proxy::{Fault, Proxy};

use handler::stores::Condition;

/// Fields of records that differ from trial to trial.
const VARIES: [&str; 11] = [
    "id",
    "wanted",
    "created",
    "updated",
    "digest",
    "version",
    "version_info",
    "last_polled",
    "status",
    "anchor_date",
    "prefect.flow.id",
];

/// One handler on its way to a real server and real Azurite, through proxies.
pub(crate) struct Trial {
    pub(crate) name: String,
    pub(crate) server: &'static Server,
    pub(crate) prefect: Proxy,
    pub(crate) blob: Proxy,
    pub(crate) host: Host,
}

impl Trial {
    pub(crate) async fn start(name: &str, server: &'static Server, azurite: &Azurite) -> Self {
        let prefect = Proxy::start(&server.api).await.unwrap();
        let blob = Proxy::start(&azurite.blob).await.unwrap();
        let connection = azurite.connection.replace(&azurite.blob, &blob.api);
        let settings = [
            ("PREFECT_API_URL", prefect.api.as_str()),
            ("SyncStorage", &connection),
            ("SYNC_CREATE_POOLS", "true"),
            ("SYNC_POOL_TYPE", "process"),
            ("SYNC_CREDENTIALS_COPY", "true"),
            ("SYNC_CREDENTIALS_BLOCK", &format!("block-{name}")),
            // its deployments run each minute and nobody works for them
            ("SYNC_WRITE_WINDOW_SECONDS", "0"),
            // a failed message comes back at once: nobody waits for what is not the point here
            ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:00"),
        ];
        let host = Host::start(azurite, &settings).await.unwrap();
        Self { name: name.to_owned(), server, prefect, blob, host }
    }

    fn bundle(&self) -> String {
        format!("faults/{}", self.name)
    }

    pub(crate) async fn upload(&self, second: bool) {
        let blob = format!("{}.zip", self.bundle());
        self.host
            .stores
            .bundles
            .write(&blob, files(&self.name, second), Condition::Any)
            .await
            .unwrap();
        self.event().await;
    }

    pub(crate) async fn event(&self) {
        let subject =
            format!("/blobServices/default/containers/bundles/blobs/{}.zip", self.bundle());
        let event = json!({"id": "e1", "topic": "t", "eventType": "Microsoft.Storage.BlobCreated",
            "subject": subject, "data": {"api": "PutBlob"}});
        self.host.events(&[event]).await.unwrap();
    }

    /// Works on what waits; at `fault` of `proxy` the handler is killed, and the lease that it held ends.
    pub(crate) async fn killed(&self, proxy: &Proxy, fault: Fault) {
        proxy.set(Some(fault));
        let kill = async {
            proxy.reached().await;
            self.host.end_lease(&self.bundle()).await.unwrap();
            self.host.kill().await;
            proxy.set(None);
        };
        let mut pump = std::pin::pin!(self.host.pump());
        tokio::select! {
            () = kill => drop(pump.await.unwrap()),
            // what was asked twice of a busy server at first is asked once now
            pumped = &mut pump => drop(pumped.unwrap()),
        }
        proxy.set(None);
        self.host.settled().await.unwrap();
    }

    /// What both sides have now, without what differs from trial to trial.
    pub(crate) async fn state(&self) -> Value {
        let deployments = [self.deployment("daily").await, self.deployment("on-demand").await];
        let state = self.document("state.json").await;
        for live in &deployments {
            let key = format!("{}/{}", self.name, live["name"].as_str().unwrap());
            assert_eq!(state["deployments"][&key]["id"], live["id"], "{}", self.name);
        }
        let pool = json!({"work_pools": {"name": {"any_": [format!("pool-{}", self.name)]}}});
        let pools = self.server.post("/work_pools/filter", pool).await.unwrap();
        let block =
            json!({"block_documents": {"name": {"any_": [format!("block-{}", self.name)]}}});
        let blocks = self.server.post("/block_documents/filter", block).await.unwrap();
        let pools = pools.as_array().unwrap().iter().map(|it| json!([it["name"], it["type"]]));
        let all = json!({
            "deployments": deployments, "state": state, "pools": pools.collect::<Vec<_>>(),
            "blocks": blocks.as_array().unwrap().len(),
        });
        self.plain(all)
    }

    async fn deployment(&self, name: &str) -> Value {
        let found = self.server.deployment(&self.name, name).await;
        found.map_err(|error| format!("{error:#}:\n{}", self.host.log().unwrap())).unwrap()
    }

    pub(crate) async fn document(&self, name: &str) -> Value {
        let key = format!("{}/{name}", self.bundle());
        let (bytes, _) = self.host.stores.receipts.read(&key, 1 << 20).await.unwrap().unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    /// Without ids, times and the name.
    fn plain(&self, value: Value) -> Value {
        match value {
            Value::Object(map) => {
                let varies = |it: &str| VARIES.contains(&it) || it.ends_with("_id");
                let kept = map.into_iter().filter(|(name, _)| !varies(name));
                kept.map(|(name, it)| (name.replace(&self.name, "NAME"), self.plain(it))).collect()
            }
            Value::Array(list) => {
                // schedules have no order of their own
                let mut list: Vec<Value> = list.into_iter().map(|it| self.plain(it)).collect();
                list.sort_by_key(ToString::to_string);
                list.into()
            }
            Value::String(text) => {
                let hex = |it: &str| it.len() == 12 && it.bytes().all(|it| it.is_ascii_hexdigit());
                let parts = text.split('/').map(|it| if hex(it) { "DIGEST" } else { it });
                parts.collect::<Vec<_>>().join("/").replace(&self.name, "NAME").into()
            }
            other => other,
        }
    }

    /// The same event again changes nothing.
    pub(crate) async fn rests(&self) {
        self.prefect.take();
        self.event().await;
        self.host.settled().await.unwrap();
        assert_eq!(self.prefect.writes(), [""; 0], "{}", self.name);
        assert_eq!(
            self.document("receipts/latest.json").await["outcome"],
            "unchanged",
            "{}",
            self.name
        );
        assert_eq!(self.host.poisoned().await.unwrap().count().await.unwrap(), 0);
    }
}

fn files(name: &str, second: bool) -> Vec<u8> {
    let flow = format!(
        "from prefect import flow\n\n@flow(name='{name}')\ndef etl(limit: int = 1):\n    print(limit)\n"
    );
    let schedules = if second {
        "[{cron: '0 7 * * *', timezone: Europe/Oslo}]"
    } else {
        "[{cron: '0 6 * * *', timezone: Europe/Oslo}, {interval: 3600}]"
    };
    // seldom: the server of all tests would mark a late run per minute for each of these, and be busy with nothing else
    let (limit, more) = if second { (6, "  schedules: [{interval: 7200}]\n") } else { (5, "") };
    let yaml = format!(
        "deployments:\n- name: daily\n  entrypoint: etl.py:etl\n  tags: [a]\n  parameters: {{limit: {limit}}}\n  schedules: {schedules}\n  work_pool: {{name: pool-{name}}}\n- name: on-demand\n  entrypoint: etl.py:etl\n  work_pool: {{name: pool-{name}}}\n{more}"
    );
    bundles::zip_of(&[("prefect.yaml", &yaml), ("etl.py", &flow)]).unwrap()
}
