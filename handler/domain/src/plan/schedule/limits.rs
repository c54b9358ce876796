//! What a server drops when it replaces the schedules of a deployment.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::compare::is_what_we_sent;
use crate::observed::LiveSchedule;

/// What one schedule is limited by, to be put back: every write of a whole list drops it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// The item of the list that was sent.
    sent: Value,
    /// With it, as the server answered it before.
    limits: Map<String, Value>,
}

impl Limits {
    /// Those of `live`, which is sent again as `sent`; `None` when it has none.
    pub(super) fn of(live: &LiveSchedule, sent: &Value) -> Option<Self> {
        let limits = live.limits.clone();
        (!limits.is_empty()).then(|| Self { sent: sent.clone(), limits })
    }

    /// The same, with the parameters that `live` has by now: a `PATCH` without them resets them.
    fn beside(&self, live: &LiveSchedule) -> Self {
        let mut out = self.clone();
        if let Some(parameters) = out.sent.get_mut("parameters") {
            *parameters = live.parameters.clone().into();
        }
        out
    }

    /// For people: the limits alone.
    pub(in super::super) fn shown(&self) -> Value {
        self.limits.clone().into()
    }

    fn are_of(&self, live: &LiveSchedule) -> bool {
        let slug = self.sent.get("slug").and_then(Value::as_str);
        let timing = self.sent.get("schedule").unwrap_or(&Value::Null);
        live.slug.as_deref() == slug
            && self.sent.get("active") == Some(&live.active.into())
            && is_what_we_sent(timing, &live.timing)
    }

    /// With the members that a `PATCH` without them sets to their default.
    fn body(&self) -> Map<String, Value> {
        let reset = ["active", "parameters"];
        let sent = self.sent.as_object().into_iter().flatten();
        let kept = sent.filter(|(key, _)| reset.contains(&key.as_str()));
        kept.chain(&self.limits).map(|(key, it)| (key.clone(), it.clone())).collect()
    }
}

/// The schedules that are `live` with what a pass that was cut off has not put back, and that.
pub(super) fn with_lost(
    live: &[LiveSchedule],
    lost: &[Limits],
) -> (Vec<LiveSchedule>, Vec<Limits>) {
    let (mut live, mut missing) = (live.to_vec(), Vec::new());
    for limits in lost {
        let is_it = |it: &&mut LiveSchedule| it.limits.is_empty() && limits.are_of(it);
        if let Some(it) = live.iter_mut().find(is_it) {
            it.limits.clone_from(&limits.limits);
            missing.push(limits.beside(it));
        }
    }
    (live, missing)
}

/// The ids of schedules that are `live` after the list was sent, each with the body of the `PATCH` that puts its limits back.
pub fn put_back(lost: &[Limits], live: &[LiveSchedule]) -> Vec<(String, Map<String, Value>)> {
    let mut free: Vec<&LiveSchedule> = live.iter().collect();
    let one = |it: &Limits| {
        let at = free.iter().position(|live| it.are_of(live))?;
        Some((free.swap_remove(at).id.clone(), it.body()))
    };
    lost.iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::live;
    use super::*;

    #[test]
    fn each_schedule_gets_its_own_limits_back_and_nothing_else_changes() {
        let limits = |key: &str, value: Value| Map::from_iter([(key.to_owned(), value)]);
        let cron = |cron: &str, active: bool| json!({"active": active, "schedule": {"cron": cron}});
        let before = |limits: Map<String, Value>| LiveSchedule {
            limits,
            ..live("old", None, "0 6 * * *", false)
        };
        let lost: Vec<Limits> = [
            Limits::of(&before(limits("catchup", json!(true))), &cron("0 7 * * *", false)),
            Limits::of(&before(limits("max_active_runs", json!(2))), &cron("0 6 * * *", true)),
            Limits::of(&before(Map::new()), &cron("0 6 * * *", false)),
        ]
        .into_iter()
        .flatten()
        .collect();
        let after = [
            live("c", None, "0 6 * * *", false),
            live("b", None, "0 6 * * *", true),
            live("a", None, "0 7 * * *", false),
        ];
        let sent: Vec<(String, Value)> =
            put_back(&lost, &after).into_iter().map(|(id, it)| (id, it.into())).collect();
        assert_eq!(
            sent,
            [
                ("a".to_owned(), json!({"active": false, "catchup": true})),
                ("b".to_owned(), json!({"active": true, "max_active_runs": 2})),
            ]
        );
    }
}
