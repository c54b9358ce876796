//! What was written before: versions and times, never values or anything made of them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Blocks, Field, Life, LiveBlock, Mapping, Properties, SecretName, VersionId};
use crate::desired::BlockRef;

/// How old the last change of a secret must be when it is looked at, for its times to tell the next change: a vault counts whole
/// seconds, and its clock is not ours.
const SETTLED: SignedDuration = SignedDuration::from_secs(60);

/// `<receipts>/.secrets/state.json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Secrets {
    /// Version of this document: 1.
    pub v: u32,
    /// By secret.
    pub secrets: BTreeMap<SecretName, Entry>,
    /// The blocks that are ours, by `type/name`.
    pub blocks: BTreeMap<String, Written>,
}

impl Secrets {
    /// Those of `blocks`, by `type/name`, that are not as we left them: somebody changed or deleted them, or they are new to us.
    pub fn changed<'a>(
        &self,
        blocks: impl Iterator<Item = &'a String>,
        server: &Blocks,
    ) -> BTreeSet<String> {
        let live: BTreeMap<String, &str> =
            server.live.iter().map(|(it, live)| (it.address(), live.updated.as_str())).collect();
        let ours = |it: &String| self.blocks.get(it).and_then(|it| it.updated.as_deref());
        let is_ours = |it: &&String| ours(it).is_some() && ours(it) == live.get(*it).copied();
        blocks.filter(|it| !is_ours(it)).cloned().collect()
    }

    /// `block` is about to be written, which is `live` now: if the answer is lost, it is ours. One that is made then has an id that
    /// nobody knows yet.
    pub fn intend(&mut self, block: &BlockRef, live: Option<&LiveBlock>) {
        let ours = self.blocks.entry(block.address()).or_default();
        let id = live.map(|it| it.id.clone());
        if ours.id != id {
            *ours = Written { id, updated: None };
        }
    }

    /// The blocks `changed` were written for some of their secrets: the fields of those that were not `written` are still as
    /// somebody left them, so these count as never written, and are as soon as they can be.
    pub fn forget_unwritten(
        &mut self,
        changed: &BTreeSet<String>,
        written: impl Fn(&SecretName) -> bool,
    ) {
        for (name, entry) in &mut self.secrets {
            if changed.contains(&entry.block) && !written(name) {
                entry.version = None;
            }
        }
    }
}

/// A block that we wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Its id; `None` between the intent and the first write.
    pub id: Option<String>,
    /// When the server says that it was changed last, right after our write: it moves with every write of anybody.
    pub updated: Option<String>,
}

/// What is known of a secret that counts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// `type/name` of its block.
    pub block: String,
    /// The field; `None`: it is an object of fields.
    pub field: Option<String>,
    /// It was written as a JSON string.
    pub quote: bool,
    /// The version that was written; `None` before the first.
    pub version: Option<VersionId>,
    /// The versions of the second in which that one was made.
    pub newest: BTreeSet<VersionId>,
    /// Its times when it was looked at.
    pub created: Option<Timestamp>,
    /// Its times when it was looked at.
    pub updated: Option<Timestamp>,
    /// When it was looked at.
    pub looked: Option<Timestamp>,
    /// When it was written.
    pub written: Option<Timestamp>,
    /// Whether it was to be used when it was looked at.
    pub life: Life,
    /// Only the table names it: the vault never had it when anybody looked.
    pub unseen: bool,
    /// When it expires.
    pub expires: Option<Timestamp>,
    /// Prefect 3 reads its value as something else than text.
    pub reads_as_json: bool,
    /// What keeps it from being written.
    pub problem: Option<String>,
    /// The deployments that use its block, as of the last whole pass or write; of one that was to be deleted, what keeps it.
    pub used_by: Vec<String>,
    /// Of which versions Prefect was told that they expire soon, or are over.
    pub told: BTreeSet<String>,
}

impl Entry {
    /// Whether it says where `mapping` says.
    pub fn is_of(&self, mapping: &Mapping) -> bool {
        let field = mapping.field.name();
        self.block == mapping.block.address()
            && (self.field.as_deref(), self.quote) == (field, mapping.quote)
    }

    /// Where it went; `None` of a state that nobody can read.
    pub fn mapping(&self) -> Option<Mapping> {
        let (r#type, name) = self.block.split_once('/')?;
        let block = BlockRef { r#type: r#type.to_owned(), name: name.to_owned() };
        let field = self.field.clone().map_or(Field::Object, Field::One);
        Some(Mapping { block, field, quote: self.quote })
    }

    /// Whether nothing can have happened to the secret since it was looked at.
    pub fn is_settled(&self, listed: &Properties) -> bool {
        let times = (self.created, self.updated) == (listed.created, listed.updated);
        let since = |looked: Timestamp, updated| looked.duration_since(updated);
        let old = |(looked, updated)| since(looked, updated) > SETTLED;
        times && self.looked.zip(listed.updated).is_some_and(old)
    }

    /// Whether `versions` has one that may be newer than the one that was written.
    pub fn is_outdated(&self, versions: &[Properties]) -> bool {
        self.version.is_none() || newest(versions) != self.newest
    }
}

/// The versions of the last second: the order of a listing tells nothing.
pub fn newest(versions: &[Properties]) -> BTreeSet<VersionId> {
    let last = versions.iter().map(|it| it.created).max().flatten();
    let newest = versions.iter().filter(|it| it.created == last);
    newest.filter_map(|it| it.version.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, block, version};
    use super::*;

    #[test]
    fn a_field_that_was_not_written_with_the_rest_of_a_changed_block_is_written_later() {
        let block_of = |name: &str| format!("login/{name}");
        let mut state = Secrets::default();
        let mut server = Blocks::default();
        for (name, ours, live) in [
            ("same", Some("1"), Some("1")),
            ("edited", Some("1"), Some("2")),
            ("gone", Some("1"), None),
            ("new", None, Some("1")),
        ] {
            let updated = ours.map(str::to_owned);
            state.blocks.insert(block_of(name), Written { id: None, updated });
            if let Some(live) = live {
                let live = LiveBlock { updated: live.to_owned(), ..LiveBlock::default() };
                server.live.insert(block(&block_of(name)), live);
            }
            for secret in ["user", "key"] {
                let entry = Entry { block: block_of(name), ..entry() };
                state.secrets.insert(SecretName::new(format!("{name}-{secret}")).unwrap(), entry);
            }
        }
        let all: Vec<String> = ["same", "edited", "gone", "new"].map(block_of).into();
        let changed = state.changed(all.iter(), &server);
        assert_eq!(Vec::from_iter(&changed), ["login/edited", "login/gone", "login/new"]);
        state.forget_unwritten(&changed, |it| it.as_str().ends_with("-user"));
        let left = state.secrets.iter().filter(|it| it.1.version.is_none());
        let left: Vec<&str> = left.map(|it| it.0.as_str()).collect();
        assert_eq!(left, ["edited-key", "gone-key", "new-key"]);
    }

    fn entry() -> Entry {
        let versions = [version("a", "1", 5), version("a", "2", 5), version("a", "0", 4)];
        let newest = newest(&versions);
        let (created, updated, looked) = (Some(at(5)), Some(at(5)), Some(at(66)));
        let version = VersionId::new("2").ok();
        Entry { version, newest, created, updated, looked, ..Entry::default() }
    }

    #[test]
    fn a_version_of_the_same_second_is_not_overlooked() {
        let mut versions = vec![version("a", "2", 5), version("a", "0", 4), version("a", "1", 5)];
        assert!(!entry().is_outdated(&versions));
        versions.push(version("a", "3", 5));
        assert!(entry().is_outdated(&versions));
    }

    #[test]
    fn times_tell_of_a_change_only_a_while_after_the_last_one() {
        let listed = version("a", "2", 5);
        assert!(entry().is_settled(&listed));
        assert!(!Entry { looked: Some(at(65)), ..entry() }.is_settled(&listed));
        assert!(!entry().is_settled(&version("a", "3", 6)));
    }
}
