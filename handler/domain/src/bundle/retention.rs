//! Which digests of a bundle are needed no more.

use std::collections::{BTreeMap, BTreeSet};

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

/// Digests of which only some files are left: being deleted or uploaded was cut off.
///
/// `files` are those of the bundle, below its folder, each with the time of its last write, seconds since 1970. What was written
/// after `since` may be on its way, as may be what has no time; a folder with manifests in it is another bundle's.
pub fn leftovers<'a>(
    files: impl IntoIterator<Item = (&'a str, Option<i64>)>,
    since: i64,
) -> Vec<String> {
    let mut folders: BTreeMap<&str, bool> = BTreeMap::new();
    let mut complete = BTreeSet::new();
    for (path, at) in files {
        match path.split_once('/') {
            None => complete.extend(path.strip_suffix(MANIFEST)),
            Some((folder, rest)) if is_short_digest(folder) => {
                let is_manifest = rest.strip_suffix(MANIFEST).is_some_and(is_short_digest);
                let may_go = at.is_some_and(|it| it < since) && !is_manifest;
                *folders.entry(folder).or_insert(true) &= may_go;
            }
            Some(_) => {}
        }
    }
    let left = folders.into_iter().filter(|(folder, may_go)| *may_go && !complete.contains(folder));
    left.map(|(folder, _)| folder.to_owned()).collect()
}

/// What a manifest's name ends in, after the digest.
const MANIFEST: &str = ".manifest.json";

fn is_short_digest(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
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

    #[test]
    fn files_without_a_manifest_are_left_over_once_they_are_old() {
        let files = [
            ("aaaaaaaaaaaa/flow.py", Some(10)),
            ("aaaaaaaaaaaa.manifest.json", Some(10)),
            ("bbbbbbbbbbbb/flow.py", Some(10)),
            ("bbbbbbbbbbbb/lib/more.py", Some(11)),
            // it may be on its way
            ("cccccccccccc/flow.py", Some(10)),
            ("cccccccccccc/more.py", Some(20)),
            ("dddddddddddd/flow.py", None),
            // two bundles below this one
            ("etl/eeeeeeeeeeee/flow.py", Some(10)),
            ("ffffffffffff/eeeeeeeeeeee/flow.py", Some(10)),
            ("ffffffffffff/eeeeeeeeeeee.manifest.json", Some(10)),
        ];
        assert_eq!(leftovers(files, 20), ["bbbbbbbbbbbb"]);
    }
}
