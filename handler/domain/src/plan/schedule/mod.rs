//! What has to be sent for the schedules of a deployment.

mod change;
mod limits;
mod ours;
mod pair;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Action, ScheduleChange};
use crate::desired::Schedule;
use crate::dialect::Dialect;
use crate::observed::LiveSchedule;
use crate::report::Owned;
use limits::with_lost;
pub use limits::{Limits, put_back};
use ours::{ID, Ours};
use pair::{Pair, Pairs, fresh};

/// What the slugs start with that those of others get that have none.
const KEPT: &str = "kept-";

/// What has to be sent for the schedules of one deployment.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Sync {
    /// The `schedules` of the PATCH; `None`: not sent.
    pub(super) send: Option<Vec<Value>>,
    /// Ids to delete before it.
    pub(super) delete: Vec<String>,
    /// That replaces the list, which is read after it, and these are put back.
    pub(super) replaces: Option<Vec<Limits>>,
    /// What a pass that was cut off has not put back.
    pub(super) missing: Vec<Limits>,
    /// Slugs (3.2 and later) or timings, with the id of the live one, that are ours afterwards.
    pub(super) owned: Vec<Value>,
    /// Those of them, without ids, that are declared as not active.
    pub(super) paused: Vec<Value>,
    /// The slugs of those of them with declared parameters.
    pub(super) with_parameters: Vec<Value>,
    /// What happens to each: the declared ones in their order, then the others.
    pub(super) changes: Vec<ScheduleChange>,
}

/// The `schedules` of a create body.
pub(super) fn create(want: &[Schedule], dialect: Dialect) -> Vec<Value> {
    let nothing = Ours::Guessed { only: false };
    Pairs::of(want, &[], nothing).all().map(|it| item(&it, dialect)).collect()
}

/// What turns `live` into `want`; what `before`, our state, says is ours, and alone may be removed, or become another one.
/// `None`: we have no state, so nothing is removed, and what others may have added stays as it is.
pub(super) fn sync(
    want: &[Schedule],
    live: &[LiveSchedule],
    before: Option<&Owned>,
    dialect: Dialect,
) -> Sync {
    let (live, missing) = with_lost(live, before.map_or(&[][..], |it| &it.lost_limits));
    let live = live.as_slice();
    let guessed = Ours::Guessed { only: want.len() == 1 && live.len() == 1 };
    let ours = before.map_or(guessed, |before| Ours::Stated(before, dialect));
    let pairs = Pairs::of(want, live, ours);
    let (gone, kept): (Vec<_>, Vec<_>) = pairs.rest().partition(|it| ours.is_stated(it));
    let changes: Vec<ScheduleChange> = change::declared(&pairs, dialect)
        .chain(gone.iter().map(|it| change::other(it, Action::Delete, dialect)))
        .chain(kept.iter().map(|it| change::other(it, Action::Keep, dialect)))
        .collect();
    let is_kept = |it: &ScheduleChange| it.action == Action::Keep;
    let mut replaces = None;
    let (send, delete) = if dialect.slugs() && live.iter().all(|it| it.slug.is_some()) {
        let changed = pairs.all().zip(&changes).filter(|(_, it)| !is_kept(it));
        let send = changed.map(|(it, _)| part(&it, dialect));
        let send: Vec<Value> = send.collect();
        ((!send.is_empty()).then_some(send), gone.iter().map(|it| it.id.clone()).collect())
    } else {
        let differs = !changes.iter().all(is_kept);
        let list = whole_list(&pairs, &kept, dialect);
        let lost = list.iter().filter_map(|(sent, live)| Limits::of((*live)?, sent));
        let lost: Vec<Limits> = lost.collect();
        replaces = Some(lost).filter(|it| !dialect.slugs() || !it.is_empty());
        (differs.then(|| list.into_iter().map(|it| it.0).collect()), Vec::new())
    };
    let owned = owned_after(&pairs, dialect);
    let paused = paused_after(&pairs, dialect);
    let with_parameters = with_parameters_after(&pairs, dialect);
    Sync { send, delete, replaces, missing, owned, paused, with_parameters, changes }
}

/// Every schedule, with the live one that it is, for a server that replaces the list; those that are not ours are sent as they
/// are.
fn whole_list<'a>(
    pairs: &Pairs<'a>,
    kept: &[&'a LiveSchedule],
    dialect: Dialect,
) -> Vec<(Value, Option<&'a LiveSchedule>)> {
    let ours = pairs.all().map(|it| (item(&it, dialect), it.live));
    let slugs = kept.iter().filter_map(|it| it.slug.clone());
    let mut taken: BTreeSet<String> = pairs.slugs.iter().cloned().chain(slugs).collect();
    let others = kept.iter().map(|it| (again(it, &mut taken, dialect), Some(*it)));
    ours.chain(others).collect()
}

fn item(pair: &Pair<'_, '_>, dialect: Dialect) -> Value {
    let (want, live) = (pair.want, pair.live);
    let mut out = Map::new();
    if dialect.slugs() {
        out.insert("slug".into(), pair.slug.into());
        out.insert("parameters".into(), pair.parameters.clone().into());
    }
    let active = pair.active.or(live.map(|it| it.active)).unwrap_or(true);
    out.insert("active".into(), active.into());
    out.insert("schedule".into(), want.timing.to_json());
    out.into()
}

/// A schedule that is found by its slug. What is not said of `active` stays, also what a person says of it until the write.
/// Measured on 3.9.1.
fn part(pair: &Pair<'_, '_>, dialect: Dialect) -> Value {
    let mut out = item(pair, dialect);
    let is_found = pair.live.is_some_and(|it| it.slug.as_deref() == Some(pair.slug));
    if let Value::Object(it) = &mut out
        && is_found
        && pair.active.is_none()
    {
        it.remove("active");
    }
    out
}

/// A live schedule that is not ours, sent again as it is; where there are slugs, one without gets one that is not `taken`.
fn again(live: &LiveSchedule, taken: &mut BTreeSet<String>, dialect: Dialect) -> Value {
    let mut out = Map::new();
    if dialect.slugs() {
        let slug = live.slug.clone().unwrap_or_else(|| fresh(KEPT, taken));
        taken.insert(slug.clone());
        out.insert("slug".into(), slug.into());
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
    let one = |pair: Pair<'_, '_>| {
        let mut timing = pair.want.timing.to_json();
        if let (Value::Object(it), Some(live)) = (&mut timing, pair.live) {
            it.insert(ID.into(), live.id.clone().into());
        }
        timing
    };
    pairs.all().map(one).collect()
}

fn paused_after(pairs: &Pairs<'_>, dialect: Dialect) -> Vec<Value> {
    let paused = pairs.all().filter(|it| it.want.active == Some(false));
    let name = |it: Pair<'_, '_>| {
        if dialect.slugs() { it.slug.into() } else { it.want.timing.to_json() }
    };
    paused.map(name).collect()
}

fn with_parameters_after(pairs: &Pairs<'_>, dialect: Dialect) -> Vec<Value> {
    let stated = pairs.all().filter(|it| dialect.slugs() && !it.want.parameters.is_empty());
    stated.map(|it| it.slug.into()).collect()
}

#[cfg(test)]
mod tests;
