//! Deployments that nobody declares any more, on real servers.

use std::time::Duration;

use handler::stores::Condition;
use jiff::Timestamp;
use serde_json::{Value, json};
use world::prefect::Server;

use crate::installation::{Installation, flow};
use crate::servers::{three, two};

/// An installation that removes what nobody declares.
struct Pruned(Installation);

impl std::ops::Deref for Pruned {
    type Target = Installation;

    fn deref(&self) -> &Installation {
        &self.0
    }
}

impl Pruned {
    async fn start(name: &'static str, server: &'static Server, more: &[(&str, &str)]) -> Self {
        let settings: Vec<_> = [("SYNC_PRUNE", "delete")].iter().chain(more).copied().collect();
        Self(Installation::start(name, server, &settings).await)
    }

    /// The flow of `bundle`.
    fn flow(&self, bundle: &str) -> String {
        format!("{}-{bundle}", self.name)
    }

    async fn upload(&self, bundle: &str, names: &[&str]) {
        let one = |it: &&str| {
            let it = *it;
            format!(
                "- {{name: {it}, entrypoint: flow.py:main, work_pool: {{name: prune}}, triggers: [{{name: on-{it}, expect: [x]}}]}}\n"
            )
        };
        let yaml = format!("deployments:\n{}", names.iter().map(one).collect::<String>());
        self.0.upload(bundle, &yaml, &flow(&self.flow(bundle))).await;
    }

    /// The names of the live deployments of `bundle`.
    async fn live(&self, bundle: &str) -> Vec<String> {
        let filter = json!({"flows": {"name": {"any_": [self.flow(bundle)]}}, "sort": "NAME_ASC"});
        let found = self.server.post("/deployments/filter", filter).await.unwrap();
        let names = found.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap());
        names.map(str::to_owned).collect()
    }

    async fn deployment(&self, bundle: &str, name: &str) -> Value {
        self.server.deployment(&self.flow(bundle), name).await.unwrap()
    }

    async fn automations(&self, names: &[&str]) -> usize {
        let filter = json!({"automations": {"name": {"any_": names}}});
        self.server.post("/automations/filter", filter).await.unwrap().as_array().unwrap().len()
    }
}

async fn what_no_file_declares_goes(it: Pruned) {
    it.upload("sales", &["a", "b"]).await;
    assert_eq!(it.live("sales").await, ["a", "b"]);
    let a = it.deployment("sales", "a").await;
    it.upload("sales", &["a", "c"]).await;
    assert_eq!(it.live("sales").await, ["a", "c"]);
    assert_eq!(it.deployment("sales", "a").await["id"], a["id"]);
    let receipt = it.document("sales", "receipts/latest.json").await;
    let told = receipt["steps"].to_string();
    assert!(told.contains("/c` takes its place"), "{told}");
    let state = it.document("sales", "state.json").await;
    let owned: Vec<&String> = state["deployments"].as_object().unwrap().keys().collect();
    let flow = it.flow("sales");
    assert_eq!(owned, [&format!("{flow}/a"), &format!("{flow}/c")]);
    it.proxy.take();
    it.timer().await;
    assert_eq!(it.writes(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_file_declares_goes_after_what_takes_its_place_on_3_9() {
    let it = Pruned::start("prune-three", three().await, &[]).await;
    what_no_file_declares_goes(it).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_file_declares_goes_after_what_takes_its_place_on_2_20() {
    let it = Pruned::start("prune-two", two().await, &[]).await;
    what_no_file_declares_goes(it).await;
}

/// A pass that is cut off just after it made a deployment leaves its name in the state, and no id.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_pass_that_was_cut_off_has_made_goes_too() {
    let it = Pruned::start("prune-cut", three().await, &[]).await;
    it.upload("sales", &["a", "b"]).await;
    let mut state = it.document("sales", "state.json").await;
    state["deployments"][format!("{}/b", it.flow("sales"))]["id"] = json!("");
    let bytes = state.to_string().into_bytes();
    let receipts = &it.host.stores.receipts;
    receipts.write("sales/state.json", bytes, Condition::Any).await.unwrap();
    it.upload("sales", &["a"]).await;
    assert_eq!(it.live("sales").await, ["a"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_paused_for_want_of_a_declaration_wakes_up_with_it() {
    let it = Pruned::start("prune-pause", three().await, &[("SYNC_PRUNE", "pause")]).await;
    let is_on = async || {
        let filter = json!({"automations": {"name": {"any_": ["on-pausable"]}}});
        let found = it.server.post("/automations/filter", filter).await.unwrap();
        found[0]["enabled"].clone()
    };
    it.upload("sales", &["a", "pausable"]).await;
    let before = it.deployment("sales", "pausable").await;
    it.upload("sales", &["a"]).await;
    let paused = it.deployment("sales", "pausable").await;
    assert_eq!((&paused["id"], &paused["paused"]), (&before["id"], &json!(true)));
    assert_eq!(is_on().await, false);
    it.proxy.take();
    it.timer().await;
    assert_eq!(it.writes(), [""; 0], "it is paused once");
    it.upload("sales", &["a", "pausable"]).await;
    let back = it.deployment("sales", "pausable").await;
    assert_eq!((&back["id"], &back["paused"]), (&before["id"], &json!(false)));
    assert_eq!(is_on().await, true);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bundle_of_a_deleted_blob_is_marked_and_goes_by_the_timer() {
    let it = Pruned::start("prune-gone", three().await, &[]).await;
    it.upload("stays", &["a", "b"]).await;
    it.upload("goes", &["goes-1", "goes-2"]).await;
    assert_eq!(it.automations(&["on-goes-1", "on-goes-2"]).await, 2);
    it.proxy.take();
    it.remove("goes").await;
    assert_eq!(it.writes(), [""; 0], "an event alone removes nothing");
    assert!(it.document("goes", "tombstone.json").await["since"].is_string());
    it.timer().await;
    assert_eq!(it.live("goes").await, [""; 0]);
    assert_eq!(it.automations(&["on-goes-1", "on-goes-2"]).await, 0);
    assert_eq!(it.document("goes", "state.json").await, Value::Null);
    assert_eq!(it.document("goes", "tombstone.json").await, Value::Null);
    assert_eq!(it.document("goes", "receipts/latest.json").await["outcome"], "applied");
    assert_eq!(it.live("stays").await, ["a", "b"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emptied_container_removes_nothing() {
    let it = Pruned::start("prune-emptied", three().await, &[]).await;
    for bundle in ["one", "two", "three"] {
        it.upload(bundle, &["a", "b"]).await;
    }
    for bundle in ["one", "two", "three"] {
        it.remove(bundle).await;
    }
    it.timer().await;
    for bundle in ["one", "two", "three"] {
        assert_eq!(it.live(bundle).await, ["a", "b"]);
    }
    let receipt = it.document("one", "receipts/latest.json").await;
    assert!(receipt.to_string().contains("there is no bundle at all"), "{receipt}");
    // with one of another bundle there, the share decides
    it.upload("four", &["a"]).await;
    it.timer().await;
    assert_eq!(it.live("two").await, ["a", "b"]);
    let log = it.host.log().unwrap();
    assert!(log.contains("6 of the 7 deployments of this installation would go"), "{log}");
    // what comes back is as it was
    it.proxy.take();
    it.upload("one", &["a", "b"]).await;
    it.timer().await;
    assert_eq!(it.live("one").await, ["a", "b"]);
    assert_eq!(it.document("one", "tombstone.json").await, Value::Null);
    assert_eq!(it.live("two").await, [""; 0], "4 of 7, of which 5 may go");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_uploads_that_each_drop_a_few_are_stopped_as_one_that_drops_many() {
    let it = Pruned::start("prune-few", three().await, &[("SYNC_PRUNE_MAX", "2")]).await;
    for bundle in ["one", "two"] {
        it.upload(bundle, &["a", "b", "c"]).await;
    }
    it.upload("one", &["a"]).await;
    assert_eq!(it.live("one").await, ["a"]);
    it.upload("two", &["a"]).await;
    it.timer().await;
    assert_eq!(it.live("two").await, ["a", "b", "c"]);
    let receipt = it.document("two", "receipts/latest.json").await;
    let told = "4 of the 6 deployments of this installation would go (2 of them went within the last hour), more than 2";
    assert!(receipt["steps"].to_string().contains(told), "{receipt}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_archive_declared_goes_over_to_the_one_that_it_is_renamed_to() {
    let it = Pruned::start("prune-renamed", three().await, &[]).await;
    let yaml =
        "deployments:\n- {name: daily, entrypoint: flow.py:main, work_pool: {name: prune}}\n";
    let flow = flow(&it.flow("renamed"));
    it.0.upload("old", yaml, &flow).await;
    let before = it.deployment("renamed", "daily").await;
    // both are there for a moment: the new one is refused
    it.0.upload("new", yaml, &flow).await;
    let receipt = it.document("new", "receipts/latest.json").await;
    assert_eq!(receipt["outcome"], "refused", "{receipt}");
    it.remove("old").await;
    it.timer().await;
    it.timer().await;
    let after = it.deployment("renamed", "daily").await;
    assert_eq!(after["id"], before["id"], "it is the same, with all that others set on it");
    assert!(after["tags"].to_string().contains("bundle:prune-renamed/new"), "{after}");
    assert_eq!(it.document("old", "state.json").await, Value::Null);
    it.proxy.take();
    it.timer().await;
    assert_eq!(it.writes(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_was_refused_and_declares_it_no_more_holds_up_no_prune() {
    let it = Pruned::start("prune-unclaimed", three().await, &[("SYNC_PRUNE", "pause")]).await;
    let yaml = |name: &str| {
        format!(
            "deployments:\n- {{name: {name}, entrypoint: flow.py:main, work_pool: {{name: prune}}}}\n"
        )
    };
    let flow = flow(&it.flow("claimed"));
    it.0.upload("owner", &yaml("daily"), &flow).await;
    it.0.upload("rival", &yaml("daily"), &flow).await;
    assert_eq!(it.document("rival", "receipts/latest.json").await["outcome"], "refused");
    it.0.upload("rival", &yaml("weekly"), &flow).await;
    it.remove("owner").await;
    it.timer().await;
    assert_eq!(it.deployment("claimed", "daily").await["paused"], true);
    assert_eq!(it.document("owner", "heir.json").await, Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_paused_between_the_two_names_of_an_archive_wakes_up_with_the_new_one() {
    let pause = [("SYNC_PRUNE", "pause")];
    let it = Pruned::start("prune-gap", three().await, &pause).await;
    let yaml = |more: &str| {
        format!(
            "deployments:\n- {{name: daily, entrypoint: flow.py:main, work_pool: {{name: prune}}{more}}}\n"
        )
    };
    let flow = flow(&it.flow("gap"));
    it.0.upload("other", &yaml(", description: other"), &crate::installation::flow("other")).await;
    it.0.upload("old", &yaml(", description: as it was"), &flow).await;
    let before = it.deployment("gap", "daily").await;
    it.remove("old").await;
    it.timer().await;
    assert_eq!(it.deployment("gap", "daily").await["paused"], true);
    it.0.upload("new", &yaml(""), &flow).await;
    let after = it.deployment("gap", "daily").await;
    assert_eq!(after["id"], before["id"]);
    assert_eq!(after["paused"], false, "a file declares it again");
    assert_eq!(after["description"], Value::Null, "what the old one declared is declared no more");
    let state = it.document("new", "state.json").await;
    assert_eq!(state["deployments"].as_object().unwrap().len(), 1, "{state}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_bundles_do_not_take_a_deployment_from_each_other_for_ever() {
    let it = Pruned::start("prune-adopts", three().await, &[("SYNC_ADOPT", "true")]).await;
    let yaml =
        "deployments:\n- {name: daily, entrypoint: flow.py:main, work_pool: {name: prune}}\n";
    let flow = flow(&it.flow("shared"));
    for bundle in ["one", "two"] {
        it.0.upload(bundle, yaml, &flow).await;
    }
    let receipt = it.document("two", "receipts/latest.json").await;
    assert_eq!(receipt["outcome"], "refused", "{receipt}");
    let told = receipt["steps"].to_string();
    assert!(
        told.contains("prune-adopts/one` owns it") && told.contains("/two` declares"),
        "{told}"
    );
    it.proxy.take();
    it.timer().await;
    assert_eq!(it.writes(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_waits_until_what_is_due_has_begun() {
    let short = [("SYNC_WRITE_WAIT_SECONDS", "3")];
    let it = Pruned::start("prune-drain", three().await, &short).await;
    it.upload("sales", &["a", "drained"]).await;
    let id = it.deployment("sales", "drained").await["id"].as_str().unwrap().to_owned();
    let run = it.server.post(&format!("/deployments/{id}/create_flow_run"), json!({})).await;
    let run = run.unwrap()["id"].as_str().unwrap().to_owned();
    let upload = async { it.upload("sales", &["a"]).await };
    let begun = async {
        // the first try is over: it is put off
        while it.document("sales", "receipts/latest.json").await["outcome"] != "deferred" {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        let live = it.deployment("sales", "drained").await;
        assert_eq!(live["paused"], true, "no more runs come");
        let state = it.document("sales", "state.json").await;
        let known = &state["deployments"][format!("{}/drained", it.flow("sales"))];
        assert_eq!(known["retired"], true, "it wakes up when it is declared before it goes");
        let state = json!({"state": {"type": "RUNNING"}, "force": true});
        it.server.post(&format!("/flow_runs/{run}/set_state"), state).await.unwrap();
    };
    tokio::join!(upload, begun);
    assert_eq!(it.live("sales").await, ["a"]);
    let left = it.server.get(&format!("/flow_runs/{run}")).await.unwrap();
    assert_eq!(left["state_type"], "RUNNING", "it goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_waits_for_the_next_attempt_and_says_which_runs_it_takes_along() {
    for (name, server) in [("prune-retry-3", three().await), ("prune-retry-2", two().await)] {
        let it = Pruned::start(name, server, &[("SYNC_WRITE_WAIT_SECONDS", "3")]).await;
        it.upload("sales", &["a", "again"]).await;
        let live = it.deployment("sales", "again").await;
        let path = format!("/deployments/{}/create_flow_run", live["id"].as_str().unwrap());
        let run = it.server.post(&path, json!({})).await.unwrap();
        let set = format!("/flow_runs/{}/set_state", run["id"].as_str().unwrap());
        let later = |hours| (Timestamp::now() + Duration::from_hours(hours)).to_string();
        let details = json!({"scheduled_time": later(2)});
        let waits = json!({"type": "SCHEDULED", "name": "AwaitingRetry", "state_details": details});
        for state in [json!({"type": "PENDING"}), json!({"type": "RUNNING"}), waits] {
            it.server.post(&set, json!({"state": state, "force": true})).await.unwrap();
        }
        let details = json!({"scheduled_time": later(24)});
        let tomorrow = json!({"state": {"type": "SCHEDULED", "state_details": details}});
        it.server.post(&path, tomorrow).await.unwrap();

        let upload = async { it.upload("sales", &["a"]).await };
        let goes_on = async {
            while it.document("sales", "receipts/latest.json").await["outcome"] != "deferred" {
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
            let receipt = it.document("sales", "receipts/latest.json").await.to_string();
            assert!(receipt.contains("the next attempt of a run is due at"), "{receipt}");
            assert!(receipt.contains("1 run that somebody asked for will be deleted"), "{receipt}");
            let state = json!({"state": {"type": "RUNNING"}, "force": true});
            it.server.post(&set, state).await.unwrap();
        };
        tokio::join!(upload, goes_on);
        assert_eq!(it.live("sales").await, ["a"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_paused_before_counts_with_the_rest_once_it_is_to_be_deleted() {
    let server = three().await;
    let name = "prune-switched";
    let many = [("SYNC_PRUNE", "pause"), ("SYNC_PRUNE_MAX", "6")];
    let it = Pruned::start(name, server, &many).await;
    let bundles = ["one", "two", "three", "four", "five", "six"];
    for bundle in bundles {
        it.upload(bundle, &["a", "b"]).await;
        it.upload(bundle, &["a"]).await;
        assert_eq!(it.deployment(bundle, "b").await["paused"], true, "one at a time is not many");
    }
    // each bundle has but one of them: the sixth would be too many, so none goes
    let it = Pruned::start(name, server, &[]).await;
    it.timer().await;
    for bundle in bundles {
        assert_eq!(it.live(bundle).await, ["a", "b"]);
    }
    let log = it.host.log().unwrap();
    assert!(log.contains("6 of the 12 deployments of this installation would go"), "{log}");
    let it = Pruned::start(name, server, &[("SYNC_PRUNE_MAX", "6")]).await;
    it.timer().await;
    for bundle in bundles {
        assert_eq!(it.live(bundle).await, ["a"]);
    }
}
