//! What was done -> the state, and what of it is news.

use std::collections::{BTreeMap, BTreeSet};

use domain::desired::BlockRef;
use domain::report::Outcome;
use domain::secret::{
    Does, Entry, Life, Properties, SecretName, Secrets, Step, VersionId, Written,
};

use super::look::Looked;
use crate::apply::Applied;

/// A secret whose value was written.
pub(super) struct Read {
    pub(super) now: Properties,
    pub(super) newest: BTreeSet<VersionId>,
    pub(super) reads_as_json: bool,
}

/// What the writes came to.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) read: BTreeMap<SecretName, Read>,
    pub(super) blocks: BTreeMap<String, Written>,
    pub(super) deleted: BTreeSet<String>,
    /// Blocks that may have been written: the answer was lost.
    pub(super) maybe: BTreeSet<BlockRef>,
}

impl Kept {
    pub(super) fn written(&mut self, block: &str, id: String, updated: String) {
        let written = Written { id: Some(id), updated: Some(updated) };
        self.blocks.insert(block.to_owned(), written);
    }

    pub(super) fn join(&mut self, other: Self) {
        self.read.extend(other.read);
        self.blocks.extend(other.blocks);
        self.deleted.extend(other.deleted);
        self.maybe.extend(other.maybe);
    }
}

/// What is worth an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum News {
    /// A value was written: for the first time, or of a new version.
    Rotated,
    /// It was written again: somebody had changed or deleted the block.
    Repaired,
    /// It cannot be written, which was not so before, or for another reason.
    Failed(String),
    /// It expires soon.
    NearExpiry,
    /// It is over.
    Expired,
}

/// Puts into `state` what became of each step; gives what is news.
pub(super) fn keep(
    state: &mut Secrets,
    looked: &Looked,
    (applied, kept): (&[Applied], &Kept),
) -> Vec<(SecretName, News)> {
    for block in &kept.maybe {
        state.intend(block, looked.blocks.live.get(block));
    }
    state.blocks.extend(kept.blocks.clone());
    state.blocks.retain(|block, _| !kept.deleted.contains(block));
    let mut news = Vec::new();
    for (step, ended) in looked.steps.iter().zip(applied) {
        let found = one(state, step, ended, (kept, looked));
        news.extend(found.into_iter().map(|it| (step.secret.clone(), it)));
    }
    let changed = looked.state.changed(kept.blocks.keys(), &looked.blocks);
    state.forget_unwritten(&changed, |it| kept.read.contains_key(it));
    news
}

fn one(
    state: &mut Secrets,
    step: &Step,
    ended: &Applied,
    (kept, looked): (&Kept, &Looked),
) -> Vec<News> {
    let is_deleted = step.does == Does::Delete && ended.outcome == Outcome::Done;
    if step.does == Does::Forget || is_deleted {
        state.secrets.remove(&step.secret);
        return Vec::new();
    }
    let before = state.secrets.get(&step.secret).cloned();
    let mut entry = of_step(before.clone().unwrap_or_default(), step);
    let mut news = Vec::new();
    entry.problem = problem(step, ended);
    if let Some(read) = kept.read.get(&step.secret) {
        let known =
            entry.version.replace(read.now.version.clone().unwrap_or_else(VersionId::unknown));
        let is_same = known.is_some() && known == entry.version;
        news.push(if is_same { News::Repaired } else { News::Rotated });
        entry.written = Some(looked.now);
        entry.newest.clone_from(&read.newest);
        entry.reads_as_json = read.reads_as_json;
        stamp(&mut entry, &read.now, looked);
    } else if let (Does::Keep, Some(listed)) = (&step.does, &step.listed)
        && !entry.is_settled(listed)
    {
        stamp(&mut entry, listed, looked);
    }
    let was = before.as_ref().and_then(|it| it.problem.as_ref());
    if let Some(why) = entry.problem.as_ref().filter(|it| Some(*it) != was && !ended.later) {
        news.push(News::Failed(why.clone()));
    }
    news.extend(expiry(&mut entry, step));
    state.secrets.insert(step.secret.clone(), entry);
    news
}

fn stamp(entry: &mut Entry, now: &Properties, looked: &Looked) {
    (entry.created, entry.updated) = (now.created, now.updated);
    entry.looked = Some(looked.now);
}

/// The entry with where the step goes; one that goes elsewhere begins anew.
fn of_step(entry: Entry, step: &Step) -> Entry {
    let known = step.mapping.as_ref().is_none_or(|it| entry.is_of(it));
    let mut entry = if known { entry } else { Entry { told: entry.told, ..Entry::default() } };
    if let Some(mapping) = &step.mapping {
        entry.block = mapping.block.address();
        entry.field = mapping.field.name().map(str::to_owned);
        entry.quote = mapping.quote;
    }
    entry.life = step.life;
    entry.unseen = step.does == Does::Refuse && step.listed.is_none();
    if let Some(listed) = &step.listed {
        entry.expires = listed.expires;
    }
    if !step.users.is_empty() {
        entry.used_by.clone_from(&step.users);
    }
    entry
}

fn problem(step: &Step, ended: &Applied) -> Option<String> {
    match (&step.does, &ended.outcome) {
        (Does::Refuse, _) => step.reason.clone(),
        (_, Outcome::Failed(why)) => Some(why.clone()),
        _ => None,
    }
}

/// Told once for each end.
fn expiry(entry: &mut Entry, step: &Step) -> Option<News> {
    let expires = step.listed.as_ref()?.expires?;
    let (name, news) = match step.life {
        Life::Expired => ("expired", News::Expired),
        Life::Current if step.near => ("near", News::NearExpiry),
        _ => return None,
    };
    entry.told.retain(|it| it.ends_with(&expires.to_string()));
    entry.told.insert(format!("{name} {expires}")).then_some(news)
}
