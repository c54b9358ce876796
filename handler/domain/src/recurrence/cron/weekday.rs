//! Days of the week and their n-th ones, which croniter does not mix.

use std::collections::BTreeSet;

use super::{WEEKDAY, digits};

/// The days of `mon#2`, `mon-wed#2` or `L5`, if `part` is one of these.
pub(super) fn nth(part: &str) -> Option<BTreeSet<u32>> {
    if let Some(day) = part.strip_prefix(['L', 'l']) {
        return digits(day).filter(|it| *it <= WEEKDAY.most).map(|it| BTreeSet::from([it % 7]));
    }
    let (days, nth) = part.split_once('#')?;
    let numbered = days.contains('-') && days.contains(|it: char| it.is_ascii_digit());
    if numbered || !digits(nth).is_some_and(|it| (1..=5).contains(&it)) {
        return None;
    }
    WEEKDAY.range(days).map(|_| plain(days))
}

/// The days of a plain part; none for `*`, since it goes with everything.
fn plain(part: &str) -> BTreeSet<u32> {
    let (range, step) = part.split_once('/').unwrap_or((part, "1"));
    let step = digits(step).and_then(|it| usize::try_from(it).ok()).unwrap_or(1).max(1);
    let stepped = part.contains('/');
    let days: Vec<u32> = match (range, WEEKDAY.range(range)) {
        ("*", _) if stepped => (0..7).collect(),
        (_, Some((from, to))) if stepped && from == to && !range.contains('-') => {
            (from..7).collect()
        }
        (_, Some((from, to))) if range.contains('-') => round(from, to),
        (_, Some((day, _))) => vec![day % 7],
        _ => Vec::new(),
    };
    days.into_iter().step_by(step).collect()
}

/// From a day to a day, over the end of the week if need be; from a day to itself is every day.
fn round(from: u32, to: u32) -> Vec<u32> {
    let (from, to) = (from % 7, to % 7);
    match from.cmp(&to) {
        std::cmp::Ordering::Less => (from..=to).collect(),
        std::cmp::Ordering::Equal => (0..7).collect(),
        std::cmp::Ordering::Greater => (from..7).chain(0..=to).collect(),
    }
}

/// Whether `field` has days besides n-th ones of other days; every day of the week is no mixture.
pub(super) fn mixes(field: &str) -> bool {
    let nths: BTreeSet<u32> = field.split(',').filter_map(nth).flatten().collect();
    let plains = field.split(',').filter(|it| nth(it).is_none());
    let plains: BTreeSet<u32> = plains.flat_map(plain).collect();
    let all = nths.union(&plains).count();
    !nths.is_empty() && all < 7 && !plains.is_subset(&nths)
}
