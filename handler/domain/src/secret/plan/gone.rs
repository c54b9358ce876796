//! What becomes of secrets that were written and are not there any more.

use std::collections::BTreeSet;

use super::super::state::Entry;
use super::super::{Life, Mapping, Properties, SecretName, Secrets};
use super::{Does, Policy, Step};
use crate::diagnostic::did_you_mean;

/// Those of the state that the vault does not list any more, or that do not count any more.
pub(super) fn gone<'a>(
    listed: &[Properties],
    mapped: &[(&Properties, Result<Mapping, String>)],
    state: &'a Secrets,
    policy: &Policy,
) -> Vec<Step> {
    let kept = kept(listed, mapped, state);
    let names: BTreeSet<&SecretName> = listed.iter().map(|it| &it.name).collect();
    let counts: BTreeSet<&SecretName> = mapped.iter().map(|it| &it.0.name).collect();
    let rest = state.secrets.iter().filter(|(name, _)| !counts.contains(name));
    let (never, rest): (Vec<_>, Vec<_>) = rest.partition(|(_, it)| it.unseen);
    let unlisted = policy.table.keys().filter(|it| !names.contains(it));
    let unlisted = unlisted.filter(|it| state.secrets.get(*it).is_none_or(|it| it.unseen));
    let slips = unlisted.map(|name| slip(name, &names));
    let over = never.into_iter().filter(|(name, _)| !policy.table.contains_key(name));
    let over = over.map(|(name, _)| Step { does: Does::Forget, reason: None, ..absent(name) });
    let step = |(name, entry): (&'a SecretName, &'a Entry)| {
        let mapping = entry.mapping();
        let is_there = names.contains(name);
        let is_free = mapping.as_ref().is_some_and(|it| !kept.contains(&it.block.address()));
        let is_named = policy.deletable.contains(&entry.block);
        let exists = state.blocks.get(&entry.block).is_some_and(|it| it.id.is_some());
        let (does, life) = match entry.life {
            _ if is_there => (Does::Forget, Life::Current),
            Life::Purged => (Does::Leave, Life::Purged),
            _ => (Does::Leave, Life::Deleted),
        };
        // an empty listing, of another vault or of a file that is being saved, deletes nothing at first sight
        let is_known = entry.life.is_gone();
        let deletes = does == Does::Leave && is_named && is_free && exists && is_known;
        let forgotten = || "the secret does not count any more".to_owned();
        Step {
            secret: name.clone(),
            listed: None,
            mapping,
            does: if deletes { Does::Delete } else { does },
            exists,
            life,
            near: false,
            users: Vec::new(),
            reason: Some(life.reason(None).unwrap_or_else(forgotten)),
        }
    };
    rest.into_iter().map(step).chain(slips).chain(over).collect()
}

/// The table names a secret that the vault does not have, and never had when anybody looked.
fn slip(name: &SecretName, known: &BTreeSet<&SecretName>) -> Step {
    let near = did_you_mean(name.as_str(), known.iter().map(|it| it.as_str()));
    let reason = format!("SYNC_SECRETS_FILE names it, and the vault has no such secret{near}");
    Step { does: Does::Refuse, reason: Some(reason), ..absent(name) }
}

/// A secret that is not there, and of which nobody knows where it would go.
fn absent(name: &SecretName) -> Step {
    Step {
        secret: name.clone(),
        listed: None,
        mapping: None,
        does: Does::Leave,
        exists: false,
        life: Life::Deleted,
        near: false,
        users: Vec::new(),
        reason: None,
    }
}

/// The blocks that a secret goes to that is there, or went to when that could be told: a tag with a slip in it is no deletion.
fn kept(
    listed: &[Properties],
    mapped: &[(&Properties, Result<Mapping, String>)],
    state: &Secrets,
) -> BTreeSet<String> {
    let now = mapped.iter().filter_map(|it| it.1.as_ref().ok()).map(|it| it.block.address());
    let before = listed.iter().filter_map(|it| state.secrets.get(&it.name));
    now.chain(before.map(|it| it.block.clone())).collect()
}
