//! What a person does on the server.

use serde_json::{Value, json};

use super::expected::{Key, Live, is_marker};
use super::history::{Edit, NAMES};
use super::real::{Real, text, timings};
use super::schedules;

/// Does it to the deployment that was `before` it.
pub(super) async fn does(real: &Real, key: Key, edit: &Edit, before: &Live) {
    let server = real.it.server;
    let path = format!("/deployments/{}", before.id);
    let after = real.world.live.get(&key);
    match edit {
        Edit::Describe(it) => {
            server.patch(&path, json!({"description": format!("text {it}")})).await.unwrap();
        }
        Edit::Tag(_) | Edit::RemoveMarker => {
            let tags = tags(real, after.unwrap());
            server.patch(&path, json!({"tags": tags})).await.unwrap();
        }
        Edit::Pause(it) => server.patch(&path, json!({"paused": it})).await.unwrap(),
        Edit::PauseSchedule(at) => {
            changes_schedule(real, before, *at, json!({"active": false})).await;
        }
        Edit::RetimeSchedule(at) => {
            let timing = json!({"schedule": {"cron": schedules::retimed(*at)}});
            changes_schedule(real, before, *at, timing).await;
        }
        Edit::AddSchedule { slug } => {
            let Some(it) = schedules::added(*slug, &before.schedules) else { return };
            let body = schedules::body(&it, real.world.three);
            server.post(&format!("{path}/schedules"), body).await.unwrap();
        }
        Edit::Delete => server.delete(&path).await.unwrap(),
        Edit::SwitchOff => {
            for it in automations(real, key, &before.id).await {
                let path = format!("/automations/{}", text(&it, "id"));
                server.patch(&path, json!({"enabled": false})).await.unwrap();
            }
        }
    }
}

/// Changes the schedule of ours of that number.
async fn changes_schedule(real: &Real, before: &Live, at: usize, change: Value) {
    let mut ours = before.schedules.clone();
    let Some(it) = schedules::nth(&mut ours, at) else { return };
    let path = format!("/deployments/{}", before.id);
    let record = real.it.server.get(&path).await.unwrap();
    let (_, id) = timings(&record).into_iter().find(|live| live.0 == it.timing).unwrap();
    real.it.server.patch(&format!("{path}/schedules/{id}"), change).await.unwrap();
}

fn tags(real: &Real, live: &Live) -> Vec<String> {
    let one = |it: &String| {
        let bundle = it.strip_prefix("marker-").filter(|_| is_marker(it));
        bundle.map_or_else(|| it.clone(), |bundle| format!("bundle:{}/b{bundle}", real.it.name))
    };
    live.tags.iter().map(one).collect()
}

/// The automations that run the deployment `id`.
pub(super) async fn automations(real: &Real, key: Key, id: &str) -> Vec<Value> {
    if !real.world.three {
        return Vec::new();
    }
    let name = format!("on-{}-{}", real.flow(key.0), NAMES[key.1]);
    let filter = json!({"automations": {"name": {"any_": [name]}}});
    let found = real.it.server.post("/automations/filter", filter).await.unwrap();
    let runs = |it: &&Value| it["actions"][0]["deployment_id"] == id;
    found.as_array().unwrap().iter().filter(runs).cloned().collect()
}
