//! What was said last about each thing: a thing is said again only when it changes.

use std::collections::BTreeMap;

use super::log;
use crate::reconcile::Verdict;
use crate::stores::StoreError;

/// The last news about each subject.
#[derive(Debug, Default)]
pub(super) struct Said(BTreeMap<String, String>);

impl Said {
    /// Whether `news` differs from what was said last about `subject`; from now on it is what was said.
    pub(super) fn is_news(&mut self, subject: &str, news: String) -> bool {
        if self.0.get(subject) == Some(&news) {
            return false;
        }
        self.0.insert(subject.to_owned(), news);
        true
    }

    /// Forgets the subjects that are there no more.
    pub(super) fn retain(&mut self, is_there: impl Fn(&str) -> bool) {
        self.0.retain(|subject, _| is_there(subject));
    }

    /// The verdict for `error`, said when it is news about `subject`.
    pub(super) fn later(&mut self, subject: &str, error: &StoreError) -> Verdict {
        let verdict = Verdict::Later(crate::telemetry::chain(error));
        if self.is_news(subject, format!("{verdict:?}")) {
            log(&verdict);
        }
        verdict
    }
}

#[cfg(test)]
mod tests {
    use super::Said;

    #[test]
    fn a_thing_is_said_once_until_it_changes_or_comes_back() {
        let mut said = Said::default();
        let mut says = |news: &str| said.is_news("a", news.to_owned());
        assert_eq!(
            [says("held"), says("held"), says("done"), says("held")],
            [true, false, true, true]
        );
        said.retain(|it| it != "a");
        assert!(said.is_news("a", "held".to_owned()));
    }
}
