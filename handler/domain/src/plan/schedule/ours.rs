//! Which live schedules are ours, and which one of the file each was.

use serde_json::Value;

use super::super::compare::is_what_we_sent;
use crate::dialect::Dialect;
use crate::observed::LiveSchedule;
use crate::report::Owned;

/// What the names that we give to schedules without a slug start with.
pub(super) const AUTO: &str = "schedule-";

/// The member of a timing in our state that says which live one has it.
pub(super) const ID: &str = "id";

/// What is known of the schedules that were stated before.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ours<'a> {
    /// What our state says.
    Stated(&'a Owned, Dialect),
    /// There is no state: what has a name of ours is, and the only one there is where only one is declared.
    Guessed {
        /// There is one, and one is declared.
        only: bool,
    },
}

impl Ours<'_> {
    /// The place in the file of the one that `live` is; `None` for what others added, or may have.
    pub(super) fn place(&self, live: &LiveSchedule) -> Option<usize> {
        match (self, live.slug.as_deref()) {
            (Self::Stated(stated, dialect), _) => {
                // a person may have given it another timing
                let stated = &stated.schedules;
                let by_id =
                    stated.iter().position(|it| it.get(ID) == Some(&live.id.as_str().into()));
                by_id.or_else(|| stated.iter().position(|it| is_it(it, live, *dialect)))
            }
            (Self::Guessed { .. }, Some(slug)) => number(slug),
            (Self::Guessed { only }, None) => only.then_some(0),
        }
    }

    /// Whether `live` is off since we stated so.
    pub(super) fn is_paused(&self, live: &LiveSchedule) -> bool {
        let Self::Stated(stated, dialect) = self else { return false };
        let at = self.place(live).and_then(|it| stated.schedules.get(it));
        let is_it = |paused: &Value| match at {
            Some(at) if dialect.slugs() => at == paused,
            Some(at) => is_what_we_sent(paused, at),
            None => false,
        };
        !live.active && stated.paused_schedules.iter().any(is_it)
    }

    /// Whether the parameters of `live` are what we stated.
    pub(super) fn has_our_parameters(&self, live: &LiveSchedule) -> bool {
        let Self::Stated(stated, _) = self else { return false };
        let slug = live.slug.as_deref();
        slug.is_some_and(|slug| stated.parameters_of_schedules.iter().any(|it| it == slug))
    }

    /// Whether `live` may be removed.
    pub(super) fn is_stated(&self, live: &LiveSchedule) -> bool {
        matches!(self, Self::Stated(..)) && self.place(live).is_some()
    }
}

fn is_it(stated: &Value, live: &LiveSchedule, dialect: Dialect) -> bool {
    match stated.as_str() {
        Some(slug) if dialect.slugs() => live.slug.as_deref() == Some(slug),
        _ => is_what_we_sent(stated, &live.timing),
    }
}

/// That of a name that we gave, counted from 0.
fn number(slug: &str) -> Option<usize> {
    slug.strip_prefix(AUTO)?.parse::<usize>().ok()?.checked_sub(1)
}
