//! What becomes of each secret that counts.

mod gone;
mod step;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::mapping::is_tagged;
use super::state::Entry;
use super::{Blocks, Field, Life, Mapping, Properties, SecretName, Secrets, Selection, Table};
use super::{is_near_expiry, mapping};
use crate::desired::BlockRef;

use gone::gone;
pub use step::{Does, Step};

/// How the operator wants it.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Which secrets count.
    pub selection: Selection,
    /// Where they go, without tags.
    pub table: Table,
    /// Blocks that are not ours are taken over.
    pub adopt: bool,
    /// Blocks that are ours by their names: those of our own pull steps.
    pub ours: BTreeSet<BlockRef>,
    /// Blocks that go with their secrets, `type/name`.
    pub deletable: BTreeSet<String>,
    /// So many days before its end a secret is near it.
    pub near_days: u16,
    /// Those that are our own credentials for Prefect: they only count where somebody says so of them.
    pub own: BTreeSet<SecretName>,
    /// The server is one that parses the text of a `secret` block, so it may have to be quoted: 3.x.
    pub parses: bool,
}

/// The steps for the secrets of `mapped`, in their order, and where `whole` says that these are all that there are, for those of
/// the state that are gone.
pub fn steps(
    listed: &[Properties],
    whole: bool,
    (state, blocks): (&Secrets, &Blocks),
    (policy, now): (&Policy, Timestamp),
) -> Vec<Step> {
    let mapped = mapped(listed, state, policy);
    let places = places(&mapped, (!whole).then_some(state), now);
    let look = Look { places: &places, state, blocks, policy, now };
    let mut steps: Vec<Step> =
        mapped.iter().map(|(secret, found)| look.step(secret, found.as_ref())).collect();
    if whole {
        steps.extend(gone(listed, &mapped, state, policy));
    }
    steps
}

/// Those of `listed` that count, with where they go or why nobody can tell.
pub fn mapped<'a>(
    listed: &'a [Properties],
    state: &Secrets,
    policy: &Policy,
) -> Vec<(&'a Properties, Result<Mapping, String>)> {
    let one = |it: &'a Properties| {
        let is_own = policy.own.contains(&it.name);
        let selection = if is_own { &Selection::Tagged } else { &policy.selection };
        let said = mapping(it, selection, &policy.table);
        // Prefect 2 would load the quotes, too
        let said = said.map(|it| it.map(|it| Mapping { quote: it.quote && policy.parses, ..it }));
        let lost = said.as_ref().is_none_or(Result::is_ok) && has_lost_tags(it, state, policy);
        let is_elsewhere = |entry: &Entry| {
            !said.as_ref().is_some_and(|it| it.as_ref().is_ok_and(|it| entry.is_of(it)))
        };
        match state.secrets.get(&it.name).filter(|entry| lost && is_elsewhere(entry)) {
            Some(entry) => Some((it, Err(lost_tags(entry)))),
            None => said.map(|said| (it, said)),
        }
    };
    listed.iter().filter_map(one).collect()
}

/// Whether a new version of a secret that was written has none of our tags: each version has its own, and who makes one may not
/// think of them.
fn has_lost_tags(secret: &Properties, state: &Secrets, policy: &Policy) -> bool {
    let entry = state.secrets.get(&secret.name);
    entry.is_some_and(|it| it.created.is_some() && it.created != secret.created)
        && !policy.table.contains_key(&secret.name)
        && !is_tagged(secret)
}

fn lost_tags(entry: &Entry) -> String {
    let block = &entry.block;
    format!(
        "its new version has no `prefect-block` tags, which each version has for itself; tag it, and {block} is written"
    )
}

/// Who goes to each block, with what of it.
type Places = BTreeMap<String, BTreeSet<Place>>;

/// One that goes to a block.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    field: Field,
    secret: SecretName,
    /// It is to be used now.
    usable: bool,
}

/// Where those of `mapped` go, and where they are not all that there are, those of the `state`.
fn places(
    mapped: &[(&Properties, Result<Mapping, String>)],
    state: Option<&Secrets>,
    now: Timestamp,
) -> Places {
    let mut places = Places::new();
    let told: BTreeSet<&SecretName> = mapped.iter().map(|it| &it.0.name).collect();
    for (secret, found) in mapped {
        if let Ok(it) = found {
            let usable = Life::of(secret, now) == Life::Current;
            let place = Place { field: it.field.clone(), secret: secret.name.clone(), usable };
            places.entry(it.block.address()).or_default().insert(place);
        }
    }
    for (name, it) in state
        .into_iter()
        .flat_map(|it| &it.secrets)
        .filter(|(name, it)| !told.contains(name) && !it.life.is_gone())
    {
        let field = it.field.clone().map_or(Field::Object, Field::One);
        let place = Place { field, secret: name.clone(), usable: it.life == Life::Current };
        places.entry(it.block.clone()).or_default().insert(place);
    }
    places
}

struct Look<'a> {
    places: &'a Places,
    state: &'a Secrets,
    blocks: &'a Blocks,
    policy: &'a Policy,
    now: Timestamp,
}

impl Look<'_> {
    fn step(&self, secret: &Properties, found: Result<&Mapping, &String>) -> Step {
        let life = Life::of(secret, self.now);
        let exists = found.is_ok_and(|it| self.blocks.live.contains_key(&it.block));
        let (does, reason) = match found {
            Ok(mapping) => self.does(secret, mapping, life),
            Err(why) => (Does::Refuse, Some(why.clone())),
        };
        Step {
            secret: secret.name.clone(),
            listed: Some(secret.clone()),
            mapping: found.ok().cloned(),
            does,
            exists,
            life,
            near: is_near_expiry(secret, self.now, self.policy.near_days),
            users: Vec::new(),
            reason,
        }
    }

    fn does(&self, secret: &Properties, to: &Mapping, life: Life) -> (Does, Option<String>) {
        let refusal = self.clash(secret, to).or_else(|| self.blocks.refusal(to));
        if let Some(why) = refusal.or_else(|| self.foreign(to)) {
            return (Does::Refuse, Some(why));
        }
        if let Some(why) = life.reason(Some(secret)) {
            return (Does::Leave, Some(why));
        }
        if let Some(why) = self.incomplete(to) {
            return (Does::Refuse, Some(why));
        }
        let because = |why: &str| (Does::Write, Some(why.to_owned()));
        let entry = self.state.secrets.get(&secret.name).filter(|it| it.is_of(to));
        let Some(entry) = entry.filter(|it| it.version.is_some()) else {
            return because("it was not written before");
        };
        let written = self.state.blocks.get(&to.block.address());
        match self.blocks.live.get(&to.block) {
            None => because("the block is gone"),
            Some(live) if written.and_then(|it| it.updated.as_ref()) != Some(&live.updated) => {
                because("somebody else changed the block")
            }
            Some(_) if entry.is_settled(secret) => (Does::Keep, None),
            Some(_) => (Does::Check, None),
        }
    }

    /// Two secrets for one field; each of an object's fields may be the one.
    fn clash(&self, secret: &Properties, to: &Mapping) -> Option<String> {
        let meets = |field: &Field| {
            *field == to.field || *field == Field::Object || to.field == Field::Object
        };
        let others = self.places.get(&to.block.address()).into_iter().flatten();
        let mut others = others.filter(|it| it.secret != secret.name && meets(&it.field));
        let other = &others.next()?.secret;
        let (address, name) = (to.address(), &secret.name);
        Some(format!(
            "the secrets `{name}` and `{other}` both go to {address}: let one of them go elsewhere"
        ))
    }

    /// A block that we did not make, also one that somebody made in the place of ours.
    fn foreign(&self, to: &Mapping) -> Option<String> {
        let live = self.blocks.live.get(&to.block)?;
        if self.policy.adopt || self.policy.ours.contains(&to.block) {
            return None;
        }
        let address = to.block.address();
        let what = match self.state.blocks.get(&address) {
            // where the id is not known, a pass was cut off while it made it
            Some(ours) if ours.id.as_ref().is_none_or(|it| *it == live.id) => return None,
            Some(_) => "was deleted and made anew by somebody else",
            None => "exists and is not ours",
        };
        Some(format!(
            "the block {address} {what}; `secrets --adopt` or a redeploy with `adopt` takes it over"
        ))
    }

    /// A block that is made has all that its type asks for.
    fn incomplete(&self, to: &Mapping) -> Option<String> {
        let address = to.block.address();
        let given = self.places.get(&address)?;
        if self.blocks.live.contains_key(&to.block)
            || given.iter().any(|it| it.field == Field::Object)
        {
            return None;
        }
        let r#type = self.blocks.types.get(&to.block.r#type)?;
        let name = |it: &Place| it.field.name().map(str::to_owned);
        let usable = given.iter().filter(|it| it.usable).filter_map(name).collect();
        let missing = r#type.lacking(&usable);
        let first = *missing.first()?;
        let unusable = given.iter().find(|it| it.field.name() == Some(first));
        let hint = match unusable {
            Some(it) => format!("the secret `{}` for it is not to be used now", it.secret),
            None => "make it, or let secrets go there, too".to_owned(),
        };
        let list = missing.join(", ");
        Some(format!(
            "the block {address} does not exist, and cannot be made without {list}: {hint}"
        ))
    }
}

#[cfg(test)]
mod tests;
