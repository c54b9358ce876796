//! Which digests of a bundle are needed no more.

use std::collections::BTreeSet;

/// A digest whose code is staged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staged {
    /// The first 12 digits.
    pub digest: String,
    /// When it was staged, seconds since 1970; `None` when the store does not say.
    pub at: Option<i64>,
}

/// Those of `staged`, the newest first, that may go.
///
/// The newest `keep` stay, those `in_use`, and those that counted when the oldest run that is not finished began, or later:
/// `oldest_run`, in seconds since 1970. A digest counts until the next one is staged.
pub fn expired(
    staged: &[Staged],
    keep: usize,
    in_use: &BTreeSet<String>,
    oldest_run: Option<i64>,
) -> Vec<String> {
    let replaced = |at: usize| at.checked_sub(1).and_then(|it| staged.get(it)?.at);
    let is_needed = |at: usize| match (replaced(at), oldest_run) {
        (Some(replaced), Some(run)) => replaced >= run,
        (Some(_), None) => false,
        (None, _) => true,
    };
    let old = staged.iter().enumerate().skip(keep);
    let old = old.filter(|(at, it)| !in_use.contains(&it.digest) && !is_needed(*at));
    old.map(|(_, it)| it.digest.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gone(keep: usize, in_use: &[&str], oldest_run: Option<i64>) -> Vec<String> {
        let one = |(digest, at): (&str, i64)| Staged { digest: digest.into(), at: Some(at) };
        let staged: Vec<Staged> =
            [("e", 50), ("d", 40), ("c", 30), ("b", 20), ("a", 10)].map(one).into();
        let in_use = in_use.iter().map(|it| (*it).to_owned()).collect();
        expired(&staged, keep, &in_use, oldest_run)
    }

    #[test]
    fn the_newest_and_those_in_use_stay() {
        assert_eq!(gone(2, &["e"], None), ["c", "b", "a"]);
        assert_eq!(gone(2, &["b"], None), ["c", "a"]);
        assert_eq!(gone(9, &[], None), [""; 0]);
    }

    #[test]
    fn what_an_unfinished_run_began_with_stays() {
        // it began while c counted
        assert_eq!(gone(1, &[], Some(35)), ["b", "a"]);
        assert_eq!(gone(1, &[], Some(5)), [""; 0]);
    }
}
