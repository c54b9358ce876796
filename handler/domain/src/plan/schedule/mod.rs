//! What has to be sent for the schedules of a deployment.

mod change;
mod pair;

use serde_json::{Map, Value};

use super::compare::is_what_we_sent;
use super::{Action, ScheduleChange};
use crate::desired::Schedule;
use crate::dialect::Dialect;
use crate::observed::LiveSchedule;
use pair::Pairs;

/// What has to be sent for the schedules of one deployment.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Sync {
    /// The `schedules` of the PATCH; `None`: not sent.
    pub(super) send: Option<Vec<Value>>,
    /// Ids to delete before it.
    pub(super) delete: Vec<String>,
    /// Slugs (3.2 and later) or timings that are ours afterwards.
    pub(super) owned: Vec<Value>,
    /// What happens to each: the declared ones in their order, then the others.
    pub(super) changes: Vec<ScheduleChange>,
}

/// The `schedules` of a create body.
pub(super) fn create(want: &[Schedule], dialect: Dialect) -> Vec<Value> {
    Pairs::of(want, &[], |_| true)
        .all()
        .map(|(it, slug, live)| item(it, slug, live, dialect))
        .collect()
}

/// What turns `live` into `want`; `owned` is what our state says is ours, and alone may be removed, or become another one.
/// `None`: we have no state yet, so what has no name is taken for ours.
pub(super) fn sync(
    want: &[Schedule],
    live: &[LiveSchedule],
    owned: Option<&[Value]>,
    dialect: Dialect,
) -> Sync {
    let ours = |it: &LiveSchedule| owned.is_none_or(|owned| is_owned(it, owned, dialect));
    let pairs = Pairs::of(want, live, ours);
    let owned = owned.unwrap_or_default();
    let (gone, kept): (Vec<_>, Vec<_>) = pairs.rest().partition(|it| is_owned(it, owned, dialect));
    let changes: Vec<ScheduleChange> = change::declared(&pairs, dialect)
        .chain(gone.iter().map(|it| change::other(it, Action::Delete, dialect)))
        .chain(kept.iter().map(|it| change::other(it, Action::Keep, dialect)))
        .collect();
    let is_kept = |it: &ScheduleChange| it.action == Action::Keep;
    let (send, delete) = if dialect.slugs() && live.iter().all(|it| it.slug.is_some()) {
        let changed = pairs.all().zip(&changes).filter(|(_, it)| !is_kept(it));
        let send = changed.map(|((want, slug, live), _)| item(want, slug, live, dialect));
        let send: Vec<Value> = send.collect();
        ((!send.is_empty()).then_some(send), gone.iter().map(|it| it.id.clone()).collect())
    } else {
        let differs = !changes.iter().all(is_kept);
        (differs.then(|| whole_list(&pairs, &kept, dialect)), Vec::new())
    };
    Sync { send, delete, owned: owned_after(&pairs, dialect), changes }
}

/// Every schedule, for a server that replaces the list; those that are not ours are sent as they are.
fn whole_list(pairs: &Pairs<'_>, kept: &[&LiveSchedule], dialect: Dialect) -> Vec<Value> {
    let ours = pairs.all().map(|(want, slug, live)| item(want, slug, live, dialect));
    let others = kept.iter().enumerate().map(|(at, it)| again(it, at, dialect));
    ours.chain(others).collect()
}

fn item(want: &Schedule, slug: &str, live: Option<&LiveSchedule>, dialect: Dialect) -> Value {
    let mut out = Map::new();
    if dialect.slugs() {
        out.insert("slug".into(), slug.into());
        out.insert("parameters".into(), want.parameters.clone().into());
    }
    let active = want.active.or(live.map(|it| it.active)).unwrap_or(true);
    out.insert("active".into(), active.into());
    out.insert("schedule".into(), want.timing.to_json());
    out.into()
}

/// A live schedule that is not ours, sent again as it is.
fn again(live: &LiveSchedule, at: usize, dialect: Dialect) -> Value {
    let mut out = Map::new();
    if dialect.slugs() {
        out.insert(
            "slug".into(),
            live.slug.clone().unwrap_or_else(|| format!("kept-{}", at + 1)).into(),
        );
        out.insert("parameters".into(), live.parameters.clone().into());
    }
    out.insert("active".into(), live.active.into());
    out.insert("schedule".into(), live.timing.clone());
    out.into()
}

fn owned_after(pairs: &Pairs<'_>, dialect: Dialect) -> Vec<Value> {
    if dialect.slugs() {
        return pairs.slugs.iter().cloned().map(Value::from).collect();
    }
    pairs.want.iter().map(|it| it.timing.to_json()).collect()
}

fn is_owned(live: &LiveSchedule, owned: &[Value], dialect: Dialect) -> bool {
    owned.iter().any(|it| match (it.as_str(), &live.slug) {
        (Some(slug), live) if dialect.slugs() => live.as_deref() == Some(slug),
        _ => is_what_we_sent(it, &live.timing),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::desired::Timing;
    use crate::diagnostic::Position;

    pub(super) fn cron(cron: &str) -> Schedule {
        let timing = Timing::Cron { cron: cron.into(), timezone: None, day_or: true };
        Schedule {
            timing,
            active: None,
            slug: None,
            parameters: Map::new(),
            at: Position::start_of("prefect.yaml"),
        }
    }

    pub(super) fn live(id: &str, slug: Option<&str>, cron: &str, active: bool) -> LiveSchedule {
        let timing = json!({"cron": cron, "timezone": null, "day_or": true});
        LiveSchedule {
            id: id.into(),
            slug: slug.map(Into::into),
            active,
            timing,
            parameters: Map::new(),
        }
    }

    pub(super) fn three() -> Dialect {
        Dialect::new("3.9.1").unwrap()
    }

    pub(super) fn two() -> Dialect {
        Dialect::new("2.20.27").unwrap()
    }

    #[test]
    fn nothing_is_sent_when_nothing_differs() {
        let live = [live("a", Some("schedule-1"), "0 6 * * *", false)];
        assert_eq!(sync(&[cron("0 6 * * *")], &live, None, three()).send, None);
    }

    #[test]
    fn a_changed_cron_keeps_slug_and_pause() {
        let live = [live("a", Some("schedule-1"), "0 6 * * *", false)];
        let sent = sync(&[cron("0 7 * * *")], &live, None, three()).send;
        let want = json!([{"slug": "schedule-1", "parameters": {}, "active": false, "schedule": {"cron": "0 7 * * *", "day_or": true}}]);
        assert_eq!(sent.map(Value::from), Some(want));
    }

    #[test]
    fn on_2_the_whole_list_is_sent_with_each_live_active() {
        let live = [live("a", None, "0 6 * * *", false), live("b", None, "0 9 * * *", true)];
        let sent = sync(&[cron("0 9 * * *"), cron("0 7 * * *")], &live, None, two()).send;
        let want = json!([
            {"active": true, "schedule": {"cron": "0 9 * * *", "day_or": true}},
            {"active": false, "schedule": {"cron": "0 7 * * *", "day_or": true}},
        ]);
        assert_eq!(sent.map(Value::from), Some(want));
    }

    #[test]
    fn an_undeclared_schedule_goes_only_when_it_is_ours() {
        let live = [
            live("a", Some("mine"), "0 6 * * *", true),
            live("b", Some("theirs"), "0 7 * * *", true),
        ];
        let sync = sync(&[], &live, Some(&[json!("mine")]), three());
        assert_eq!(sync.delete, ["a"]);
        assert_eq!(sync.send, None);
    }

    #[test]
    fn a_changed_one_never_takes_the_place_of_one_that_others_added() {
        let timing = |it: &LiveSchedule| it.timing.clone();
        let live = [live("b", None, "0 9 * * *", true), live("a", None, "0 6 * * *", false)];
        let sync = sync(&[cron("0 7 * * *")], &live, Some(&[timing(&live[1])]), two());
        let want = json!([
            {"active": false, "schedule": {"cron": "0 7 * * *", "day_or": true}},
            {"active": true, "schedule": timing(&live[0])},
        ]);
        assert_eq!(sync.send.map(Value::from), Some(want));
    }

    #[test]
    fn what_the_server_writes_otherwise_is_ours_still() {
        let sent = json!({"interval": 60, "anchor_date": "2026-01-01T00:17:00Z"});
        let timing = json!({"interval": 60.0, "anchor_date": "2026-01-01T00:17:00+00:00", "timezone": "UTC"});
        let live = [LiveSchedule { timing, ..live("a", None, "", true) }];
        let sent = sync(&[cron("0 7 * * *")], &live, Some(&[sent]), two()).send;
        assert_eq!(sent.map(|it| it.len()), Some(1));
    }

    #[test]
    fn a_schedule_without_slug_is_given_one_on_first_contact() {
        let live = [live("a", None, "0 6 * * *", false)];
        let sent = sync(&[cron("0 6 * * *")], &live, None, three()).send.unwrap();
        assert_eq!(sent[0]["slug"], "schedule-1");
        assert_eq!(sent[0]["active"], false);
    }
}
