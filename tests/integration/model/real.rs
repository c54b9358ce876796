//! A history that happens to a real installation, beside the world as it should be.

use handler::stores::Condition;
use serde_json::{Value, json};
use tokio::sync::Notify;
use world::bundles;
use world::hasty::Hasty;
use world::prefect::Server;
use world::proxy::{Fault, Kind};
use world::storage::Account;

use super::expected::{Key, World, key};
use super::history::{
    Action, BUNDLES, Edit, FOREIGN, Files, History, NAMES, Prune, Trouble, Wrong,
};
use super::schedules;
use super::texts::texts;
use crate::installation::{Installation, flow};
use crate::servers::azurite;

/// An installation, and what it should be.
pub(super) struct Real {
    pub(super) it: Installation,
    pub(super) world: World,
    /// Events so far, with their bundle.
    events: Vec<(usize, Value)>,
    /// Ids of deployments that are not ours.
    pub(super) foreign: Vec<String>,
}

impl Real {
    pub(super) async fn start(server: &'static Server, three: bool, history: &History) -> Self {
        let prune = history.prune;
        // two that make the same deployment at the same moment do not see each other
        let at_once = if history.is_contested() { "1" } else { "16" };
        let name = format!("model-{}", uuid::Uuid::new_v4().as_fields().0);
        let azurite = azurite().await;
        let hasty = Hasty::start(&azurite.queue).await.unwrap();
        let signature = Account::of(azurite).unwrap().shared_access().unwrap();
        let policy = match prune {
            Prune::Keep => "keep",
            Prune::Pause => "pause",
            Prune::Delete => "delete",
        };
        let settings = [
            ("SyncStorage", &*signature.replace(&azurite.queue, &hasty.queue)),
            ("SYNC_PRUNE", policy),
            ("SYNC_PRUNE_MAX", "100"),
            ("SYNC_CREDENTIALS_COPY", "false"),
            ("SYNC_WRITE_WINDOW_SECONDS", "0"),
            ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:00"),
            ("AzureFunctionsJobHost__extensions__queues__batchSize", at_once),
        ];
        let it = Installation::start(name.leak(), server, &settings).await;
        let world = World::new(three, prune);
        let mut real = Self { it, world, events: Vec::new(), foreign: Vec::new() };
        for bundle in 0..BUNDLES {
            let flow = json!({"name": real.flow(bundle)});
            let flow = server.post("/flows/", flow).await.unwrap();
            let body = json!({"name": NAMES[FOREIGN], "flow_id": flow["id"], "tags": ["theirs"]});
            let made = server.post("/deployments/", body).await.unwrap();
            real.foreign.push(text(&made, "id"));
        }
        real.it.proxy.exchanges();
        real
    }

    pub(super) fn flow(&self, bundle: usize) -> String {
        format!("{}-{bundle}", self.it.name)
    }

    /// All of it, then a quiet end.
    pub(super) async fn happens(&mut self, history: &History) {
        for (at, (action, trouble)) in history.actions.iter().enumerate() {
            self.act(action, *trouble, &format!("action {at}, {action:?} with {trouble:?}")).await;
        }
        let last: Vec<Value> = self.events.iter().map(|it| it.1.clone()).collect();
        let all = (0..BUNDLES).map(|it| (it, false));
        self.work(all.clone().collect(), last.clone(), None, "every event").await;
        self.work(all.clone().map(|it| (it.0, true)).collect(), Vec::new(), None, "the timer")
            .await;
        self.inventory().await;
        self.rests(last).await;
    }

    async fn act(&mut self, action: &Action, trouble: Option<Trouble>, what: &str) {
        let (passes, events) = match action {
            Action::Upload(bundle, files, times) => {
                self.upload(*bundle, files).await;
                (vec![(*bundle, false); *times], self.event(*bundle, "Created", *times))
            }
            Action::Delete(bundle, times) => {
                if self.world.blobs[*bundle].take().is_some() {
                    self.it.host.stores.bundles.delete(&blob(*bundle)).await.unwrap();
                }
                (vec![(*bundle, false); *times], self.event(*bundle, "Deleted", *times))
            }
            Action::Empty(times) => {
                let mut events = Vec::new();
                for bundle in 0..BUNDLES {
                    if self.world.blobs[bundle].take().is_some() {
                        self.it.host.stores.bundles.delete(&blob(bundle)).await.unwrap();
                    }
                    events.extend(self.event(bundle, "Deleted", *times));
                }
                let each = (0..BUNDLES).map(|it| (it, false));
                (each.flat_map(|it| vec![it; *times]).collect(), events)
            }
            Action::Edit(bundle, name, edit) => {
                self.edit(key(*bundle, *name), edit).await;
                (Vec::new(), Vec::new())
            }
            Action::Again(pick) => {
                let Some(at) = pick.checked_rem(self.events.len()) else { return };
                let (bundle, event) = self.events[at].clone();
                (vec![(bundle, false)], vec![event])
            }
            Action::Timer => ((0..BUNDLES).map(|it| (it, true)).collect(), Vec::new()),
        };
        self.work(passes, events, trouble, what).await;
    }

    async fn upload(&mut self, bundle: usize, files: &Files) {
        let (own, shared) = (self.flow(bundle), self.flow(BUNDLES));
        let yaml = texts(files, (&own, &shared), self.world.three);
        let (own, shared) = (flow(&own), flow(&shared));
        let files_of = [("prefect.yaml", yaml.as_str()), ("flow.py", &own), ("shared.py", &shared)];
        let bytes = bundles::zip_of(&files_of).unwrap();
        let bundles = &self.it.host.stores.bundles;
        let etag = bundles.write(&blob(bundle), bytes, Condition::Any).await.unwrap();
        etag.as_str().clone_into(&mut self.world.etags[bundle]);
        self.world.blobs[bundle] = Some(files.clone());
    }

    /// The event of what was done last, so often.
    fn event(&mut self, bundle: usize, what: &str, times: usize) -> Vec<Value> {
        let container = self.it.host.stores.bundles.name();
        let blob = blob(bundle);
        let event = json!({"id": uuid::Uuid::new_v4().to_string(), "topic": "t",
            "subject": format!("/blobServices/default/containers/{container}/blobs/{blob}"),
            "eventType": format!("Microsoft.Storage.Blob{what}"), "data": {"api": "PutBlob"}});
        self.events.push((bundle, event.clone()));
        vec![event; times]
    }

    /// Delivers `events`, or the timer, works until nothing is left, and looks at what came of it.
    async fn work(
        &mut self,
        passes: Vec<(usize, bool)>,
        events: Vec<Value>,
        trouble: Option<Trouble>,
        what: &str,
    ) {
        let (worlds, may) = self.world.passed(&passes);
        self.it.proxy.take();
        self.it.host.events(&events).await.unwrap();
        if passes.iter().any(|it| it.1) {
            self.it.host.invoke("Reconcile", json!({"IsPastDue": false})).await.unwrap();
        }
        if !passes.is_empty() {
            self.troubled(trouble).await;
        }
        self.sent(&may, what);
        self.seen(worlds, what).await;
        // whichever of two came first
        for bundle in 0..BUNDLES {
            let id = format!("b{bundle}");
            let note = self.it.document(&id, "heir.json").await;
            let heir = note["bundle"].as_str().and_then(|it| it.strip_prefix('b')?.parse().ok());
            self.world.heirs[bundle] = heir.map(|it| (it, text(&note, "etag")));
            let last = self.it.document(&id, "receipts/latest.json").await;
            let is_good = last["outcome"] == "applied" || last["outcome"] == "unchanged";
            self.world.looked[bundle] = Some((text(&last, "etag"), is_good));
        }
    }

    async fn troubled(&self, trouble: Option<Trouble>) {
        let (host, proxy) = (&self.it.host, &self.it.proxy);
        let fault = trouble.map(|it| {
            let kind = match it.kind {
                Wrong::Unavailable => Kind::Answer(503),
                Wrong::CutBefore => Kind::CutBefore,
                Wrong::CutAfter => Kind::CutAfter,
                Wrong::KillBefore => Kind::HoldBefore,
                Wrong::KillAfter => Kind::HoldAfter,
            };
            Fault { kind, writes: it.writes, first: it.nth, last: it.nth }
        });
        proxy.set(fault);
        if trouble.is_some_and(|it| matches!(it.kind, Wrong::KillBefore | Wrong::KillAfter)) {
            let over = Notify::new();
            let pump = async {
                host.pump().await.unwrap();
                over.notify_one();
            };
            let kill = async {
                tokio::select! {
                    () = proxy.reached() => {
                        for bundle in 0..BUNDLES {
                            host.end_lease(&format!("b{bundle}")).await.unwrap();
                        }
                        proxy.set(None);
                        host.restart().await.unwrap();
                    }
                    () = over.notified() => {}
                }
            };
            tokio::join!(pump, kill);
        }
        host.settled().await.unwrap();
        proxy.set(None);
    }

    /// What is live is what should be.
    async fn seen(&mut self, mut worlds: Vec<World>, what: &str) {
        let found = super::seen::all(self).await;
        let like = worlds.iter().position(|it| super::seen::is_like(&it.live, &found));
        self.world = worlds.swap_remove(like.unwrap_or_default());
        for (key, live) in &mut self.world.live {
            live.id = match found.get(key) {
                Some(it) if live.id.is_empty() => it.id.clone(),
                _ => live.id.clone(),
            };
        }
        super::seen::compare(&self.world.live, &found, &|| {
            format!("{what}\n{:?}\n{}", self.world.blobs, self.it.host.log().unwrap_or_default())
        });
    }

    async fn edit(&mut self, key: Key, edit: &Edit) {
        let before = self.world.live.get(&key).cloned();
        self.world.edit(key, edit);
        let Some(before) = before else { return };
        super::person::does(self, key, edit, &before).await;
    }

    /// Whatever comes again writes nothing, and no job was given up.
    async fn rests(&mut self, events: Vec<Value>) {
        self.it.proxy.take();
        self.it.host.events(&events).await.unwrap();
        self.it.timer().await;
        assert_eq!(self.it.writes(), [""; 0]);
        let poisoned = self.it.host.poisoned().await.unwrap().count().await.unwrap();
        assert_eq!(poisoned, 0, "{}", self.it.host.log().unwrap());
    }

    pub(super) fn is_foreign(&self, id: &str) -> bool {
        self.foreign.iter().any(|it| it == id)
    }
}

fn blob(bundle: usize) -> String {
    format!("b{bundle}.zip")
}

pub(super) fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

/// The schedules of a record that are ours, in the order of [`schedules::nth`].
pub(super) fn timings(record: &Value) -> Vec<(String, String)> {
    let all = record["schedules"].as_array().cloned().unwrap_or_default();
    all.iter().map(|it| (schedules::timing(it), text(it, "id"))).collect()
}
