//! Which live schedule is which declared one, and the slugs of both.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::super::compare::same_timing;
use super::ours::{AUTO, Ours};
use crate::desired::Schedule;
use crate::observed::LiveSchedule;

/// Which live schedule each of `want` is.
pub(super) struct Pairs<'a> {
    /// The declared schedules.
    pub(super) want: &'a [Schedule],
    /// The slug of each of them.
    pub(super) slugs: Vec<String>,
    live: &'a [LiveSchedule],
    found: Vec<Option<usize>>,
    active: Vec<Option<bool>>,
    parameters: Vec<&'a Map<String, Value>>,
}

/// A declared schedule with what it is on the server.
pub(super) struct Pair<'p, 'a> {
    /// As it is declared.
    pub(super) want: &'a Schedule,
    /// Its name on the server.
    pub(super) slug: &'p str,
    /// The live one.
    pub(super) live: Option<&'a LiveSchedule>,
    /// What is declared of it, or what was and goes back to the default; `None`: as the live one.
    pub(super) active: Option<bool>,
    /// What is declared, or none where some were; else those of the live one, which are somebody's.
    pub(super) parameters: &'a Map<String, Value>,
}

impl<'a> Pairs<'a> {
    /// Pairs `want` with `live`, of which those that are `ours` may become others.
    pub(super) fn of(want: &'a [Schedule], live: &'a [LiveSchedule], ours: Ours<'_>) -> Self {
        let found = pair(want, live, ours);
        let slugs = slugs(want, &found, live);
        let wakes =
            |at: &Option<usize>| at.and_then(|at| live.get(at)).filter(|it| ours.is_paused(it));
        let active = want.iter().zip(&found);
        let active = active.map(|(want, at)| want.active.or(wakes(at).map(|_| true))).collect();
        let theirs = |at: &Option<usize>| {
            let live = at.and_then(|at| live.get(at));
            live.filter(|it| !ours.has_our_parameters(it)).map(|it| &it.parameters)
        };
        let parameters = want.iter().zip(&found).map(|(want, at)| {
            let theirs = theirs(at).filter(|_| want.parameters.is_empty());
            theirs.unwrap_or(&want.parameters)
        });
        let parameters = parameters.collect();
        Self { want, slugs, live, found, active, parameters }
    }

    /// Each declared schedule.
    pub(super) fn all(&self) -> impl Iterator<Item = Pair<'_, 'a>> {
        let live = self.found.iter().map(|it| it.and_then(|at| self.live.get(at)));
        let wanted = self.want.iter().zip(&self.active).zip(&self.parameters);
        wanted.zip(&self.slugs).zip(live).map(|((((want, active), parameters), slug), live)| Pair {
            want,
            slug,
            live,
            active: *active,
            parameters,
        })
    }

    /// The live schedules that nobody declares.
    pub(super) fn rest(&self) -> impl Iterator<Item = &'a LiveSchedule> {
        let live = self.live.iter().enumerate();
        live.filter(|(at, _)| !self.found.contains(&Some(*at))).map(|(_, it)| it)
    }
}

/// Whether the declared schedule of this place may be that live one.
type Rule<'a> = &'a dyn Fn((usize, &Schedule), &LiveSchedule) -> bool;

/// For each of `want` the index of its live one: by slug, by content, then among those of ours that nobody named by the place
/// in the file, at last in order.
///
/// The order of `live` says nothing: it is that of the last changes, and a pause is one.
fn pair(want: &[Schedule], live: &[LiveSchedule], ours: Ours<'_>) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = vec![None; want.len()];
    let mut ordered: Vec<(usize, &LiveSchedule)> = live.iter().enumerate().collect();
    ordered.sort_by_key(|(_, it)| ours.place(it).unwrap_or(usize::MAX));
    let by_slug = |(_, want): (usize, &Schedule), live: &LiveSchedule| {
        want.slug.is_some() && want.slug == live.slug
    };
    let by_content = |(_, want): (usize, &Schedule), live: &LiveSchedule| {
        is_free(want, live) && same_timing(&want.timing, &live.timing)
    };
    let by_place = |(at, want): (usize, &Schedule), live: &LiveSchedule| {
        is_free(want, live) && ours.place(live) == Some(at)
    };
    let by_order = |(_, want): (usize, &Schedule), live: &LiveSchedule| {
        is_free(want, live) && ours.place(live).is_some()
    };
    let unchanged = |want: (usize, &Schedule), live: &LiveSchedule| {
        by_content(want, live) && by_place(want, live)
    };
    let rules: [Rule<'_>; 5] = [&by_slug, &unchanged, &by_content, &by_place, &by_order];
    for rule in rules {
        for (at, it) in want.iter().enumerate() {
            if pairs.get(at).copied().flatten().is_none() {
                let is_its = |(index, live): &(usize, &LiveSchedule)| {
                    !pairs.contains(&Some(*index)) && rule((at, it), live)
                };
                let found = ordered.iter().copied().find(is_its).map(|(index, _)| index);
                if let Some(slot) = pairs.get_mut(at) {
                    *slot = found;
                }
            }
        }
    }
    pairs
}

/// Whether nobody's name keeps `live` from being `want`.
fn is_free(want: &Schedule, live: &LiveSchedule) -> bool {
    match (&want.slug, live.slug.as_deref()) {
        (_, None) => true,
        (Some(_), Some(_)) => false,
        (None, Some(slug)) => slug.starts_with(AUTO),
    }
}

/// The slug of each of `want`: declared, else the live one's, else the first free `schedule-N`.
fn slugs(want: &[Schedule], pairs: &[Option<usize>], live: &[LiveSchedule]) -> Vec<String> {
    let live_slug =
        |at: usize| pairs.get(at).copied().flatten().and_then(|at| live.get(at)?.slug.clone());
    let mut taken: BTreeSet<String> = live.iter().filter_map(|it| it.slug.clone()).collect();
    taken.extend(want.iter().filter_map(|it| it.slug.clone()));
    let mut out = Vec::with_capacity(want.len());
    for (at, it) in want.iter().enumerate() {
        let slug = it.slug.clone().or_else(|| live_slug(at)).unwrap_or_else(|| fresh(AUTO, &taken));
        taken.insert(slug.clone());
        out.push(slug);
    }
    out
}

/// The first name `prefix` and a number that is not taken.
pub(super) fn fresh(prefix: &str, taken: &BTreeSet<String>) -> String {
    (1..=taken.len() + 1)
        .map(|it| format!("{prefix}{it}"))
        .find(|it| !taken.contains(it))
        .unwrap_or_default()
}
