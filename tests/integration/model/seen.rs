//! What is on the server, in the words of what should be.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::expected::{Key, Live, Trigger, marker};
use super::history::{BUNDLES, NAMES};
use super::person::automations;
use super::real::{Real, text};
use super::schedules::{self, Place, Schedule};

/// Every deployment of the flows of `real` but for the foreign ones.
pub(super) async fn all(real: &Real) -> BTreeMap<Key, Live> {
    let mut all = BTreeMap::new();
    for bundle in 0..=BUNDLES {
        let filter = json!({"flows": {"name": {"any_": [real.flow(bundle)]}}});
        let found = real.it.server.post("/deployments/filter", filter).await.unwrap();
        for record in found.as_array().unwrap() {
            let name = NAMES.iter().position(|it| record["name"] == **it).unwrap();
            if real.is_foreign(&text(record, "id")) {
                assert_eq!(record["tags"], json!(["theirs"]));
                continue;
            }
            let key = (bundle, name);
            all.insert(key, live(real, key, record).await);
        }
    }
    all
}

async fn live(real: &Real, key: Key, record: &Value) -> Live {
    let id = text(record, "id");
    let found = automations(real, key, &id).await;
    assert!(found.len() < 2, "{found:#?}");
    let trigger = found.first().map(|it| Trigger {
        expects: u8::from(it["trigger"]["expect"] != json!(["x-0"])),
        enabled: it["enabled"].as_bool(),
    });
    let ours = format!("bundle:{}/b", real.it.name);
    let tags = record["tags"].as_array().unwrap().iter().map(|it| it.as_str().unwrap());
    let tag = |it: &str| match it.strip_prefix(&ours) {
        Some(bundle) => marker(bundle.parse().unwrap()),
        None => it.to_owned(),
    };
    let tags: BTreeSet<String> = tags.map(tag).collect();
    Live {
        id,
        description: record["description"].as_str().map(str::to_owned),
        tags,
        limit: record["parameters"]["limit"].as_u64().and_then(|it| it.try_into().ok()),
        paused: record["paused"] == true,
        schedules: record["schedules"].as_array().unwrap().iter().map(schedule).collect(),
        trigger,
        born: 0,
    }
}

fn schedule(live: &Value) -> Schedule {
    let place = match live["slug"].as_str() {
        Some("mine") => Place::Mine,
        Some("theirs") => Place::Theirs,
        Some(it) if it.starts_with("schedule-") => Place::Plain,
        _ => Place::Nameless,
    };
    Schedule { place, timing: schedules::timing(live), active: live["active"].as_bool() }
}

/// Whether `found` is as it may be.
pub(super) fn is_like(want: &BTreeMap<Key, Live>, found: &BTreeMap<Key, Live>) -> bool {
    let same = |(key, want): (&Key, &Live)| {
        found.get(key).is_some_and(|found| plain(want, found) == plain(found, want))
    };
    want.len() == found.len() && want.iter().all(same)
}

/// `found` is as it should be.
pub(super) fn compare(
    want: &BTreeMap<Key, Live>,
    found: &BTreeMap<Key, Live>,
    what: &dyn Fn() -> String,
) {
    let keys = |it: &BTreeMap<Key, Live>| it.keys().copied().collect::<Vec<_>>();
    assert_eq!(keys(want), keys(found), "wanted, found: {}", what());
    for (key, want) in want {
        let (want, found) = (plain(want, &found[key]), plain(&found[key], want));
        assert!(want == found, "{key:?}\nwanted {want:#?}\nfound {found:#?}\n{}", what());
    }
}

/// Schedules in an order of their own and without names, and what is not known of the other side left out.
fn plain(it: &Live, other: &Live) -> Live {
    let mut it = it.clone();
    it.born = 0;
    // one that was made just now was not seen before
    it.id = if other.id.is_empty() { String::new() } else { it.id };
    for one in &mut it.schedules {
        let is_open = |it: &&Schedule| it.timing == one.timing && it.active.is_none();
        one.active = one.active.filter(|_| !other.schedules.iter().any(|it| is_open(&it)));
        if one.place != Place::Mine {
            one.place = Place::Nameless;
        }
    }
    it.schedules.sort_by(|a, b| a.timing.cmp(&b.timing));
    it
}
