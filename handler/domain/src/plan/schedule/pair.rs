//! Which live schedule is which declared one, and the slugs of both.

use std::collections::BTreeSet;

use super::super::compare::same_timing;
use crate::desired::Schedule;
use crate::observed::LiveSchedule;

/// What the names that we give to schedules without a slug start with.
const AUTO: &str = "schedule-";

/// Which live schedule each of `want` is.
pub(super) struct Pairs<'a> {
    /// The declared schedules.
    pub(super) want: &'a [Schedule],
    /// The slug of each of them.
    pub(super) slugs: Vec<String>,
    live: &'a [LiveSchedule],
    found: Vec<Option<usize>>,
}

impl<'a> Pairs<'a> {
    /// Pairs `want` with `live`, of which those that are `ours` may become others.
    pub(super) fn of(
        want: &'a [Schedule],
        live: &'a [LiveSchedule],
        ours: impl Fn(&LiveSchedule) -> bool,
    ) -> Self {
        let found = pair(want, live, ours);
        let slugs = slugs(want, &found, live);
        Self { want, slugs, live, found }
    }

    /// Each declared schedule with its slug and its live one.
    pub(super) fn all(
        &self,
    ) -> impl Iterator<Item = (&'a Schedule, &str, Option<&'a LiveSchedule>)> {
        let live = self.found.iter().map(|it| it.and_then(|at| self.live.get(at)));
        let named = self.want.iter().zip(&self.slugs);
        named.zip(live).map(|((want, slug), live)| (want, slug.as_str(), live))
    }

    /// The live schedules that nobody declares.
    pub(super) fn rest(&self) -> impl Iterator<Item = &'a LiveSchedule> {
        let live = self.live.iter().enumerate();
        live.filter(|(at, _)| !self.found.contains(&Some(*at))).map(|(_, it)| it)
    }
}

/// Whether a declared schedule may be a live one.
type Rule<'a> = &'a dyn Fn(&Schedule, &LiveSchedule) -> bool;

/// For each of `want` the index of its live one: by slug, by content, then in order among those of ours that nobody named.
fn pair(
    want: &[Schedule],
    live: &[LiveSchedule],
    ours: impl Fn(&LiveSchedule) -> bool,
) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = vec![None; want.len()];
    let unnamed = |it: &LiveSchedule| it.slug.as_deref().is_none_or(|it| it.starts_with(AUTO));
    let by_slug =
        |want: &Schedule, live: &LiveSchedule| want.slug.is_some() && want.slug == live.slug;
    let free = |want: &Schedule, live: &LiveSchedule| match &want.slug {
        Some(_) => live.slug.is_none(),
        None => unnamed(live),
    };
    let by_content = |want: &Schedule, live: &LiveSchedule| {
        free(want, live) && same_timing(&want.timing, &live.timing)
    };
    let by_order = |want: &Schedule, live: &LiveSchedule| free(want, live) && ours(live);
    let rules: [Rule<'_>; 3] = [&by_slug, &by_content, &by_order];
    for rule in rules {
        for (at, it) in want.iter().enumerate() {
            if pairs.get(at).copied().flatten().is_none() {
                let found = live
                    .iter()
                    .enumerate()
                    .position(|(index, live)| !pairs.contains(&Some(index)) && rule(it, live));
                if let Some(slot) = pairs.get_mut(at) {
                    *slot = found;
                }
            }
        }
    }
    pairs
}

/// The slug of each of `want`: declared, else the live one's, else the first free `schedule-N`.
fn slugs(want: &[Schedule], pairs: &[Option<usize>], live: &[LiveSchedule]) -> Vec<String> {
    let live_slug =
        |at: usize| pairs.get(at).copied().flatten().and_then(|at| live.get(at)?.slug.clone());
    let mut taken: BTreeSet<String> = live.iter().filter_map(|it| it.slug.clone()).collect();
    taken.extend(want.iter().filter_map(|it| it.slug.clone()));
    let mut out = Vec::with_capacity(want.len());
    for (at, it) in want.iter().enumerate() {
        let slug = it.slug.clone().or_else(|| live_slug(at)).unwrap_or_else(|| fresh(&taken));
        taken.insert(slug.clone());
        out.push(slug);
    }
    out
}

fn fresh(taken: &BTreeSet<String>) -> String {
    (1..=taken.len() + 1)
        .map(|it| format!("{AUTO}{it}"))
        .find(|it| !taken.contains(it))
        .unwrap_or_default()
}
