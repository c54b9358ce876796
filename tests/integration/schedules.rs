//! Schedules that several hands write, with an installation that remembers what it stated.

use serde_json::{Value, json};
use world::prefect::Server;
use world::proxy::{Fault, Kind};

use crate::installation::{Installation, flow};
use crate::servers::{three, two};

/// A bundle `b` with one deployment, whose flow is named after the installation.
struct Bundle(Installation);

impl Bundle {
    async fn start(name: &'static str, server: &'static Server) -> Self {
        let settings = [("SYNC_WRITE_WINDOW_SECONDS", "0")];
        Self(Installation::start(name, server, &settings).await)
    }

    /// Uploads it with these schedules, in the flow style of YAML.
    async fn upload(&self, schedules: &str) {
        self.upload_with("first", schedules).await;
    }

    async fn upload_with(&self, description: &str, schedules: &str) {
        let yaml = format!(
            "deployments:\n- name: d\n  description: {description}\n  entrypoint: flow.py:main\n  work_pool: {{name: {}}}\n  schedules: [{schedules}]\n",
            self.0.name
        );
        self.0.upload("b", &yaml, &flow(self.0.name)).await;
        let receipt = self.0.document("b", "receipts/latest.json").await;
        assert_eq!(receipt["outcome"], "applied", "{receipt:#}");
    }

    async fn record(&self) -> Value {
        self.0.server.deployment(self.0.name, "d").await.unwrap()
    }

    /// The live schedule of this cron expression.
    async fn live(&self, cron: &str) -> Value {
        let record = self.record().await;
        let all = record["schedules"].as_array().unwrap();
        let found = all.iter().find(|it| it["schedule"]["cron"] == cron);
        assert!(found.is_some(), "{cron} is not in {all:#?}");
        found.unwrap().clone()
    }

    /// Each schedule with whether it is active, in the order of their timings.
    async fn all(&self) -> Vec<String> {
        let record = self.record().await;
        let one = |it: &Value| {
            let is_on = if it["active"] == true { "on" } else { "off" };
            format!("{} {is_on}", it["schedule"]["cron"].as_str().unwrap())
        };
        let mut all: Vec<_> = record["schedules"].as_array().unwrap().iter().map(one).collect();
        all.sort();
        all
    }

    /// Uploads another timing, which is written, and nothing after that; gives it. A busy server declines the one write now and
    /// then, and all comes again with another timing.
    async fn upload_and_cut(&self) -> String {
        for cron in (7..12).map(|hour| format!("0 {hour} * * *")) {
            let cut = Fault { kind: Kind::Answer(400), writes: true, first: 2, last: usize::MAX };
            self.0.proxy.set(Some(cut));
            let yaml = format!(
                "deployments:\n- {{name: d, description: first, entrypoint: flow.py:main, work_pool: {{name: {}}}, schedules: [{{cron: '{cron}'}}]}}\n",
                self.0.name
            );
            self.0.upload("b", &yaml, &flow(self.0.name)).await;
            self.0.proxy.set(None);
            if self.all().await.iter().any(|it| it.starts_with(&cron)) {
                return cron;
            }
        }
        String::new()
    }

    async fn path(&self) -> String {
        format!("/deployments/{}/schedules", self.record().await["id"].as_str().unwrap())
    }

    /// A person adds one.
    async fn add(&self, schedule: Value) {
        self.0.server.post(&self.path().await, json!([schedule])).await.unwrap();
    }

    /// A person changes the one of this cron expression.
    async fn edit(&self, cron: &str, change: Value) {
        let id = self.live(cron).await["id"].as_str().unwrap().to_owned();
        self.0.server.patch(&format!("{}/{id}", self.path().await), change).await.unwrap();
    }
}

/// The write that changes the list drops them, and the pass ends before they are back.
#[tokio::test(flavor = "multi_thread")]
async fn limits_that_a_pass_could_not_put_back_are_put_back_by_the_next() {
    let it = Bundle::start("limits-cut", two().await).await;
    it.upload("{cron: '0 6 * * *'}").await;
    it.edit("0 6 * * *", json!({"max_active_runs": 2})).await;
    let cron = it.upload_and_cut().await;
    assert_eq!(it.live(&cron).await["max_active_runs"], Value::Null);
    it.0.timer().await;
    assert_eq!(it.live(&cron).await["max_active_runs"], 2);
    it.edit(&cron, json!({"max_active_runs": null})).await;
    it.0.proxy.take();
    it.0.timer().await;
    assert_eq!(it.0.writes(), [""; 0], "what a person takes away afterwards is away");
}

/// Prefect 3.9 resets parameters that a change of a schedule leaves out.
#[tokio::test(flavor = "multi_thread")]
async fn parameters_that_a_person_gave_a_schedule_stay_until_they_are_declared() {
    let it = Bundle::start("schedule-parameters", three().await).await;
    it.upload("{cron: '0 6 * * *', slug: x}").await;
    it.edit("0 6 * * *", json!({"parameters": {"limit": 5}})).await;
    it.0.proxy.take();
    it.0.timer().await;
    assert_eq!(it.0.writes(), [""; 0], "it is no drift");
    it.upload("{cron: '0 7 * * *', slug: x}").await;
    assert_eq!(it.live("0 7 * * *").await["parameters"], json!({"limit": 5}));
    it.upload("{cron: '0 7 * * *', slug: x, parameters: {limit: 7}}").await;
    assert_eq!(it.live("0 7 * * *").await["parameters"], json!({"limit": 7}));
    it.upload("{cron: '0 7 * * *', slug: x}").await;
    assert_eq!(it.live("0 7 * * *").await["parameters"], json!({}));
}

async fn a_pause_stays_with_its_schedule(it: Bundle) {
    it.upload("{cron: '0 6 * * *'}, {cron: '0 9 * * *'}").await;
    it.edit("0 6 * * *", json!({"active": false})).await;
    it.upload("{cron: '0 5 * * *'}, {cron: '0 10 * * *'}").await;
    assert_eq!(it.all().await, ["0 10 * * * on", "0 5 * * * off"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_stays_with_its_schedule_when_all_of_them_change_on_3_9() {
    a_pause_stays_with_its_schedule(Bundle::start("pause-three", three().await).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_stays_with_its_schedule_when_all_of_them_change_on_2_20() {
    a_pause_stays_with_its_schedule(Bundle::start("pause-two", two().await).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_schedule_of_others_gets_a_slug_of_its_own_on_3_9() {
    let it = Bundle::start("slugs-three", three().await).await;
    it.upload("{cron: '0 6 * * *'}").await;
    it.add(json!({"schedule": {"cron": "0 22 * * *"}})).await;
    it.upload("{cron: '0 7 * * *'}").await;
    it.add(json!({"schedule": {"cron": "0 23 * * *"}})).await;
    it.edit("0 22 * * *", json!({"active": false})).await;
    it.upload("{cron: '0 8 * * *'}").await;
    assert_eq!(it.all().await, ["0 22 * * * off", "0 23 * * * on", "0 8 * * * on"]);
}

/// A person limits ours, and adds one with limits; then the schedules change, or what makes the deployment anew.
async fn limits_of_a_schedule_survive(it: Bundle, limits: Value) {
    let with = |more: Value| {
        let mut all = limits.clone();
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    let has = |live: Value| {
        for (key, value) in limits.as_object().unwrap() {
            assert_eq!(&live[key], value, "{key} of {live:#}");
        }
    };
    it.upload("{cron: '0 6 * * *'}").await;
    it.edit("0 6 * * *", with(json!({"active": false}))).await;
    it.add(with(json!({"active": true, "schedule": {"cron": "0 22 * * *"}}))).await;
    it.upload("{cron: '0 7 * * *'}").await;
    has(it.live("0 7 * * *").await);
    has(it.live("0 22 * * *").await);
    assert_eq!(it.all().await, ["0 22 * * * on", "0 7 * * * off"]);
    let pull = "  pull: [{prefect.deployments.steps.set_working_directory: {directory: /tmp}}]";
    it.upload_with(&format!("second\n{pull}"), "{cron: '0 7 * * *'}").await;
    has(it.live("0 7 * * *").await);
    has(it.live("0 22 * * *").await);
    assert_eq!(it.all().await, ["0 22 * * * on", "0 7 * * * off"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_that_a_person_gave_a_schedule_survive_on_3_9() {
    let it = Bundle::start("limits-three", three().await).await;
    limits_of_a_schedule_survive(it, json!({"max_scheduled_runs": 5})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_that_a_person_gave_a_schedule_survive_on_2_20() {
    let it = Bundle::start("limits-two", two().await).await;
    let limits = json!({"max_scheduled_runs": 5, "max_active_runs": 2, "catchup": true});
    limits_of_a_schedule_survive(it, limits).await;
}

/// A person changes the timing of one of ours, and the timer comes.
async fn a_changed_timing_is_undone(it: Bundle) {
    it.upload("{cron: '0 6 * * *'}, {cron: '0 9 * * *'}").await;
    for (edited, new) in [("0 6 * * *", "0 12 * * *"), ("0 9 * * *", "0 6 * * *")] {
        it.edit(edited, json!({"schedule": {"cron": new}})).await;
        it.0.timer().await;
        assert_eq!(it.all().await, ["0 6 * * * on", "0 9 * * * on"], "{new}");
    }
    it.edit("0 6 * * *", json!({"schedule": {"cron": "0 12 * * *"}})).await;
    it.upload("{cron: '0 9 * * *'}").await;
    assert_eq!(it.all().await, ["0 9 * * * on"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timing_that_a_person_gave_a_schedule_of_ours_is_undone_on_3_9() {
    a_changed_timing_is_undone(Bundle::start("timing-three", three().await).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timing_that_a_person_gave_a_schedule_of_ours_is_undone_on_2_20() {
    a_changed_timing_is_undone(Bundle::start("timing-two", two().await).await).await;
}

/// `active: false` is in the file, and then is not.
async fn a_declared_pause_ends(it: Bundle) {
    it.upload("{cron: '0 6 * * *', active: false}, {cron: '0 9 * * *'}").await;
    it.edit("0 9 * * *", json!({"active": false})).await;
    it.upload("{cron: '0 6 * * *'}, {cron: '0 9 * * *'}").await;
    assert_eq!(it.all().await, ["0 6 * * * on", "0 9 * * * off"], "one pause is a person's");
    it.edit("0 6 * * *", json!({"active": false})).await;
    it.upload_with("second", "{cron: '0 6 * * *'}, {cron: '0 9 * * *'}").await;
    assert_eq!(it.all().await, ["0 6 * * * off", "0 9 * * * off"], "both are a person's now");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_that_the_file_declares_no_more_ends_on_3_9() {
    a_declared_pause_ends(Bundle::start("ended-three", three().await).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_that_the_file_declares_no_more_ends_on_2_20() {
    a_declared_pause_ends(Bundle::start("ended-two", two().await).await).await;
}
