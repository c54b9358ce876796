//! What was sent, and what is remembered, against what may be.

use std::collections::{BTreeMap, BTreeSet};

use world::proxy::is_write;

use super::expected::{Live, May, is_marker, marker};
use super::history::{BUNDLES, NAMES};
use super::real::{Real, text};

impl Real {
    /// No write that the promises forbid was carried out.
    pub(super) fn sent(&self, may: &May, what: &str) {
        let sent = self.it.proxy.exchanges();
        let sent: Vec<_> = sent.iter().filter(|it| !it.request.ends_with("/events")).collect();
        let all = || {
            sent.iter().map(|it| format!("{} {}", it.request, it.sent)).collect::<Vec<_>>().join(
                "
",
            )
        };
        assert!(may.write || sent.is_empty(), "{what}: nothing differs:\n{}", all());
        let attempts = self.it.proxy.take();
        for it in attempts.iter().filter(|it| is_write(it)) {
            assert!(!self.foreign.iter().any(|id| it.contains(id)), "{what}: foreign: {it}");
            let deleted =
                it.strip_prefix("DELETE /api/deployments/").filter(|it| !it.contains('/'));
            assert!(deleted.is_none_or(|id| may.delete.contains(id)), "{what}: {it}\n{}", all());
        }
        let known: BTreeSet<&str> = self.world.live.values().map(|it| it.id.as_str()).collect();
        for it in sent.iter().filter(|it| it.request == "POST /api/deployments/") {
            let name = NAMES.iter().position(|name| it.sent["name"] == **name).unwrap();
            let is_new = (0..=BUNDLES).any(|bundle| may.create.contains(&(bundle, name)));
            let replaced = !self.world.three && known.contains(text(&it.answered, "id").as_str());
            assert!(is_new || replaced, "{what}: POST to what exists:\n{}", all());
        }
    }

    /// What the state says is ours is what is ours.
    pub(super) async fn inventory(&self) {
        for bundle in 0..BUNDLES {
            let state = self.it.document(&format!("b{bundle}"), "state.json").await;
            let known = state["deployments"].as_object().cloned().unwrap_or_default();
            let known: BTreeMap<String, String> =
                known.iter().map(|(key, it)| (key.clone(), text(it, "id"))).collect();
            let owned = self.world.owned(bundle).into_iter().map(|key| {
                (format!("{}/{}", self.flow(key.0), NAMES[key.1]), self.world.live[&key].id.clone())
            });
            let owned: BTreeMap<String, String> = owned.collect();
            for it in &owned {
                assert_eq!(known.get(it.0), Some(it.1), "{state:#}");
            }
            // one that has another's marker may be known until the timer has looked
            let is_others =
                |it: &&Live| it.tags.iter().any(|it| is_marker(it) && *it != marker(bundle));
            let live = self.world.live.values().filter(|it| !is_others(it));
            let live: BTreeSet<&String> = live.map(|it| &it.id).collect();
            let more = known.iter().find(|it| !owned.contains_key(it.0) && live.contains(it.1));
            assert_eq!(more, None, "{state:#}");
        }
    }
}
