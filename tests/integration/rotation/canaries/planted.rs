//! An installation whose every secret is a canary, and all that it says, keeps and sends.

use std::collections::BTreeMap;
use std::process::Output;

use serde_json::{Value, json};
use tokio::sync::OnceCell;
use world::prefect::{Server, THREE};
use world::product;
use world::proxy::is_write;
use world::queue::Queue;
use world::vault::Draft;

use super::super::Rotation;
use super::sought::{Sought, account_key, canary};
use crate::installation::containers;
use crate::servers::azurite;

const CREDENTIALS: &str = "azure-blob-storage-credentials";

/// Secrets, each of which would show in another way: name, type and field of the block, and the value, with `#` for its version.
pub(super) const SHAPES: [(&str, &str, &str, &str); 7] = [
    ("plain", "secret", "value", "CANARY #"),
    ("lines", "secret", "value", "-----BEGIN \"#\"-----\nCANARY\\ \u{e9}%41&<\n CANARY"),
    ("json", "secret", "value", r#"{"password": "CANARY", "n": #}"#),
    (
        "connection",
        CREDENTIALS,
        "connection_string",
        "AccountName=a#;AccountKey=CANARY;EndpointSuffix=core.windows.net",
    ),
    ("object", CREDENTIALS, "", r#"{"account_url": "https://a.b/#", "client_secret": "CANARY"}"#),
    ("no-object", CREDENTIALS, "", "CANARY #"),
    ("no-field", CREDENTIALS, "", r##"{"CANARY": "#"}"##),
];

/// A server that wants a password, and that password: a canary.
async fn locked() -> &'static (Server, String) {
    static LOCKED: OnceCell<(Server, String)> = OnceCell::const_new();
    let start = || async {
        let password = format!("admin:{}", canary());
        let settings = [("PREFECT_SERVER_API_AUTH_STRING", password.as_str())];
        let server = Server::start_with(THREE, &settings, Some(&password)).await.unwrap();
        (server, password)
    };
    LOCKED.get_or_init(start).await
}

pub(super) struct Planted {
    pub(super) rotation: Rotation,
    /// By the names of the secrets.
    canaries: BTreeMap<&'static str, String>,
    /// All that comes from the vault.
    of_vault: Sought,
    /// That, and all that the process was given.
    all: Sought,
    /// What the process was given, as the command line is given it too.
    settings: Vec<(&'static str, String)>,
}

impl Planted {
    pub(super) async fn start(name: &'static str, more: &[(&'static str, &str)]) -> Self {
        let (server, password) = locked().await;
        let (key, gate) = (canary(), canary());
        let connection = &azurite().await.connection;
        let mut settings = vec![
            ("PREFECT_API_AUTH_STRING", password.clone()),
            ("PREFECT_API_KEY", key.clone()),
            ("PREFECT_CLIENT_CUSTOM_HEADERS", json!({"X-Gate": gate}).to_string()),
            ("SyncStorage", connection.clone()),
            // one job after the other: none comes again since another one is at it
            ("AzureFunctionsJobHost__extensions__queues__batchSize", "1".to_owned()),
        ];
        settings.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let given: Vec<(&str, &str)> =
            settings.iter().map(|(name, it)| (*name, it.as_str())).collect();
        let rotation = Rotation::with(name, server, &given).await;
        settings.extend(rotation.vault.settings());
        settings.extend(containers(name));
        settings.extend([
            ("PREFECT_API_URL", rotation.it.proxy.api.clone()),
            ("SYNC_INSTANCE", name.to_owned()),
            ("SYNC_JOBS_QUEUE", rotation.it.host.queue.name.clone()),
        ]);
        let of = |shape: &str| if shape == "connection" { account_key() } else { canary() };
        let canaries: BTreeMap<_, _> = SHAPES.iter().map(|it| (it.0, of(it.0))).collect();
        let (mut of_vault, mut all) = (Sought::default(), Sought::default());
        for (what, canary) in &canaries {
            of_vault.add(what, canary);
            all.add(what, canary);
        }
        let account = connection.split(';').find_map(|it| it.strip_prefix("AccountKey=")).unwrap();
        let secret = password.trim_start_matches("admin:");
        for (what, it) in
            [("password", secret), ("API key", &key), ("header", &gate), ("account key", account)]
        {
            all.add(what, it);
        }
        // what every token of the vault begins with
        all.add("token", "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVC");
        rotation.vault.pass(-300);
        rotation.it.proxy.all_exchanges();
        Self { rotation, canaries, of_vault, all, settings }
    }

    /// The name of the secret and of its block.
    pub(super) fn name(&self, shape: &str) -> String {
        format!("{}-{shape}", self.rotation.name)
    }

    fn value(&self, shape: &str, version: usize) -> String {
        let (.., template) = SHAPES.iter().find(|it| it.0 == shape).unwrap();
        template.replace("CANARY", &self.canaries[shape]).replace('#', &version.to_string())
    }

    /// What the secret hides.
    pub(super) fn canary(&self, shape: &str) -> &str {
        &self.canaries[shape]
    }

    /// A new version of the secret.
    pub(super) fn put(&self, shape: &str, version: usize) {
        let (_, kind, field, _) = SHAPES.iter().find(|it| it.0 == shape).unwrap();
        let draft = Draft::new(&self.value(shape, version)).tag("prefect-block-type", kind);
        let draft = match *field {
            "" => Draft { content_type: Some("application/json".to_owned()), ..draft },
            field => draft.tag("prefect-block-field", field),
        };
        self.rotation.vault.pass(1);
        self.rotation.vault.put(&self.name(shape), draft).unwrap();
    }

    /// The block of the secret has all of its version, which no other one has.
    pub(super) async fn is_written(&self, shape: &str, version: usize) {
        let (_, kind, field, _) = SHAPES.iter().find(|it| it.0 == shape).unwrap();
        let data = self.rotation.data(&format!("{kind}/{}", self.name(shape))).await;
        let value = self.value(shape, version);
        let want = match *field {
            "" => serde_json::from_str(&value).unwrap(),
            field => json!({field: value}),
        };
        assert_eq!(data, want, "{shape}");
    }

    /// The event of a new version, and what comes of it now; what is to come later comes later.
    pub(super) async fn event(&self, shape: &str) {
        let event = world::events::of_secret(
            self.rotation.name,
            &self.name(shape),
            "SecretNewVersionCreated",
        );
        self.rotation.it.host.invoke("VaultEvents", event).await.unwrap();
        self.rotation.it.host.pump().await.unwrap();
    }

    /// The timer, likewise.
    pub(super) async fn timer(&self) {
        self.rotation.it.host.invoke("Reconcile", json!({"IsPastDue": false})).await.unwrap();
        self.rotation.it.host.pump().await.unwrap();
    }

    /// What the command says with the settings of the process; no canary.
    pub(super) fn command(&self, arguments: &[&str]) -> String {
        let settings: Vec<(&str, &str)> =
            self.settings.iter().map(|(name, it)| (*name, it.as_str())).collect();
        let Output { stdout, stderr, .. } = product::run(arguments, &settings).unwrap();
        let text = [stdout, stderr].map(|it| String::from_utf8(it).unwrap()).concat();
        self.all.absent(&format!("{arguments:?}"), &text);
        text
    }

    /// Messages that are visible in `queue` have no canary; gives how many there are.
    pub(super) async fn messages(&self, queue: &Queue) -> usize {
        let messages = queue.get(32, std::time::Duration::from_secs(1)).await.unwrap();
        for it in &messages {
            self.all.absent_in_message(&queue.name, &it.text);
        }
        messages.len()
    }

    /// What is kept and what the status says now has no canary.
    pub(super) async fn keeps_none(&self) {
        let host = &self.rotation.it.host;
        let mut kept = Vec::new();
        for container in [&host.stores.receipts, &host.stores.code] {
            for item in container.list("").await.unwrap() {
                let (bytes, _) = container.read(&item.key, 1 << 22).await.unwrap().unwrap();
                self.all.absent(&item.key, &String::from_utf8_lossy(&bytes));
                kept.push(item.key);
            }
        }
        assert!(kept.iter().any(|it| it == ".secrets/state.json"), "{kept:?}");
        let (_, status) = host.status(json!({})).await.unwrap();
        assert_eq!(status["secrets"].as_array().map(Vec::len), Some(SHAPES.len()));
        self.all.absent("the status", &status.to_string());
    }

    /// All that was said, kept, sent and told so far has no canary.
    pub(super) async fn hides(&self) {
        self.keeps_none().await;
        let host = &self.rotation.it.host;
        self.all.absent("the log", &host.log().unwrap());
        self.all.absent("the events", &json!(self.told().await).to_string());
        self.sends_values_to_blocks_only();
        let variables = std::fs::read(format!("/proc/{}/environ", host.id().await)).unwrap();
        let variables = String::from_utf8(variables).unwrap();
        assert!(self.all.found(&variables).is_some(), "that is where it was given the password");
        self.of_vault.absent("the environment", &variables);
    }

    /// Values are in writes to blocks, in no other request, and in no answer: they are not read back.
    fn sends_values_to_blocks_only(&self) {
        let exchanges = self.rotation.it.proxy.all_exchanges();
        let is_block = |it: &str| is_write(it) && it.contains("/block_documents/");
        let (blocks, others): (Vec<_>, Vec<_>) =
            exchanges.iter().partition(|it| is_block(&it.request));
        let has_it = |it: &Value| self.of_vault.found(&it.to_string()).is_some();
        assert!(blocks.iter().any(|it| has_it(&it.sent)), "values were written");
        for it in others {
            self.all.absent(&it.request, &format!("{}{}", it.sent, it.answered));
        }
    }

    /// All our events on the server.
    async fn told(&self) -> Vec<Value> {
        let filter = json!({"filter": {"event": {"prefix": ["prefect-azure-sync."]}}});
        let server = self.rotation.it.server;
        let mut page = server.post("/events/filter", filter).await.unwrap();
        let mut found = Vec::new();
        loop {
            found.extend(page["events"].as_array().unwrap().clone());
            let Some(next) = page["next_page"].as_str() else { return found };
            page = server.get(next.rsplit_once("/api").unwrap().1).await.unwrap();
        }
    }
}
