//! Settings that are set and that nobody reads: misspelt, more likely than meant for another.

use std::cell::RefCell;
use std::collections::BTreeSet;

use domain::diagnostic::near_miss;

/// What every setting of ours starts with.
const PREFIX: &str = "SYNC_";

/// The names that were looked up: what is read is what is known, so that no second list has to agree.
#[derive(Debug, Default)]
pub(super) struct Asked(RefCell<BTreeSet<String>>);

impl Asked {
    /// `lookup`, with each name noted.
    pub(super) fn noting(
        &self,
        lookup: impl Fn(&str) -> Option<String>,
    ) -> impl Fn(&str) -> Option<String> {
        move |name| {
            self.0.borrow_mut().insert(name.to_owned());
            lookup(name)
        }
    }

    /// A sentence for each of the names `set` that is ours by its start and was never looked up, in their order.
    pub(super) fn unread(&self, set: impl Iterator<Item = String>) -> Vec<String> {
        let asked = self.0.borrow();
        let ours = |it: &str| it.starts_with(PREFIX) && !asked.contains(it);
        let names: BTreeSet<String> = set.filter(|it| ours(it)).collect();
        let known = || asked.iter().filter_map(|it| it.strip_prefix(PREFIX));
        let sentence = |name: String| {
            // without what they all have, or all would be near
            let near = near_miss(name.trim_start_matches(PREFIX), known());
            let hint = near.map(|it| format!("; did you mean `{PREFIX}{it}`?")).unwrap_or_default();
            format!("`{name}` is no setting and has no effect{hint}")
        };
        names.into_iter().map(sentence).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Asked;
    use crate::config::Config;

    #[test]
    fn a_name_that_nobody_reads_is_told_with_the_one_that_was_meant() {
        let set = [
            ("PREFECT_API_URL", "http://h/api"),
            ("SYNC_ENV", "SYNC_TEAM"),
            ("SYNC_TEAM", "a variable of {{ $SYNC_TEAM }}"),
            ("SYNC_ADOPT", "true"),
            ("SYNC_CREATE_POOL", "true"),
            ("SYNC_XYZ", "1"),
            ("PREFECT_SOMETHING", "Prefect's own"),
        ];
        let asked = Asked::default();
        let lookup = |name: &str| set.iter().find(|it| it.0 == name).map(|it| it.1.to_owned());
        Config::from_env(asked.noting(lookup)).unwrap();
        assert_eq!(
            asked.unread(set.iter().map(|it| it.0.to_owned())),
            [
                "`SYNC_CREATE_POOL` is no setting and has no effect; did you mean `SYNC_CREATE_POOLS`?",
                "`SYNC_XYZ` is no setting and has no effect",
            ]
        );
    }
}
