//! What becomes of each secret that counts.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::state::Entry;
use super::{Blocks, Field, Life, Mapping, Properties, SecretName, Secrets, Selection, Table};
use super::{is_near_expiry, mapping};
use crate::desired::BlockRef;
use crate::plan;

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
}

/// What is done about a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Does {
    /// Nothing: its version is the one that was written.
    Keep,
    /// Its versions are looked at: there may be a newer one.
    Check,
    /// Its value is read and written.
    Write,
    /// Its block is left as it is, since it is not to be used.
    Leave,
    /// It is not looked after any more; its block is left as it is.
    Forget,
    /// Its block is deleted: the operator named it.
    Delete,
    /// Nothing: somebody has to change something.
    Refuse,
}

/// One secret that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The secret.
    pub secret: SecretName,
    /// As it was listed; `None` when it is gone.
    pub listed: Option<Properties>,
    /// Where it goes; `None` when nobody can tell.
    pub mapping: Option<Mapping>,
    /// What is done.
    pub does: Does,
    /// The block is there.
    pub exists: bool,
    /// Whether it is to be used.
    pub life: Life,
    /// It expires soon.
    pub near: bool,
    /// Why.
    pub reason: Option<String>,
}

/// The steps for the secrets of `mapped`, in their order, and where `whole` says that these are all that there are, for those of
/// the state that are gone.
pub fn steps(
    listed: &[Properties],
    whole: bool,
    (state, blocks): (&Secrets, &Blocks),
    (policy, now): (&Policy, Timestamp),
) -> Vec<Step> {
    let mapped = mapped(listed, policy);
    let places = places(&mapped, state);
    let mut steps: Vec<Step> = mapped
        .iter()
        .map(|(secret, found)| {
            let look = Look { places: &places, state, blocks, policy, now };
            look.step(secret, found.as_ref())
        })
        .collect();
    if whole {
        let kept: BTreeSet<&BlockRef> =
            mapped.iter().filter_map(|it| it.1.as_ref().ok()).map(|it| &it.block).collect();
        steps.extend(gone(listed, &mapped, state, (policy, &kept)));
    }
    steps
}

/// Those of `listed` that count, with where they go or why nobody can tell.
pub fn mapped<'a>(
    listed: &'a [Properties],
    policy: &Policy,
) -> Vec<(&'a Properties, Result<Mapping, String>)> {
    let one = |it: &'a Properties| Some((it, mapping(it, &policy.selection, &policy.table)?));
    listed.iter().filter_map(one).collect()
}

/// Who goes to each block, with what of it.
type Places = BTreeMap<String, BTreeSet<(Field, SecretName)>>;

fn places(mapped: &[(&Properties, Result<Mapping, String>)], state: &Secrets) -> Places {
    let mut places = Places::new();
    let told: BTreeSet<&SecretName> = mapped.iter().map(|it| &it.0.name).collect();
    for (secret, found) in mapped {
        if let Ok(it) = found {
            let place = places.entry(it.block.address()).or_default();
            place.insert((it.field.clone(), secret.name.clone()));
        }
    }
    let gone = |it: &Entry| matches!(it.life, Life::Deleted | Life::Purged);
    for (name, it) in state.secrets.iter().filter(|(name, it)| !told.contains(name) && !gone(it)) {
        let field = it.field.clone().map_or(Field::Object, Field::One);
        places.entry(it.block.clone()).or_default().insert((field, name.clone()));
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
            reason,
        }
    }

    fn does(&self, secret: &Properties, to: &Mapping, life: Life) -> (Does, Option<String>) {
        let refusal = self.clash(secret, to).or_else(|| self.blocks.refusal(to));
        if let Some(why) = refusal.or_else(|| self.foreign(to)).or_else(|| self.incomplete(to)) {
            return (Does::Refuse, Some(why));
        }
        if let Some(why) = life.reason(Some(secret)) {
            return (Does::Leave, Some(why));
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
        let mut others = others.filter(|(field, name)| *name != secret.name && meets(field));
        let (_, other) = others.next()?;
        let (address, name) = (to.address(), &secret.name);
        Some(format!(
            "the secrets `{name}` and `{other}` both go to {address}: let one of them go elsewhere"
        ))
    }

    fn foreign(&self, to: &Mapping) -> Option<String> {
        let address = to.block.address();
        let is_ours =
            self.state.blocks.contains_key(&address) || self.policy.ours.contains(&to.block);
        let is_foreign = self.blocks.live.contains_key(&to.block) && !is_ours;
        (is_foreign && !self.policy.adopt).then(|| {
            format!("the block {address} exists and is not ours; `secrets --adopt` or a redeploy with `adopt` takes it over")
        })
    }

    /// A block that is made has all that its type asks for.
    fn incomplete(&self, to: &Mapping) -> Option<String> {
        let address = to.block.address();
        let given = self.places.get(&address)?;
        if self.blocks.live.contains_key(&to.block) || given.iter().any(|it| it.0 == Field::Object)
        {
            return None;
        }
        let r#type = self.blocks.types.get(&to.block.r#type)?;
        let fields = given.iter().filter_map(|it| it.0.name().map(str::to_owned)).collect();
        let required = r#type.schema(None, &fields).map(|it| &it.required)?;
        let missing: Vec<&str> = required.difference(&fields).map(String::as_str).collect();
        (!missing.is_empty()).then(|| {
            let missing = missing.join(", ");
            format!("the block {address} does not exist, and cannot be made without {missing}: make it, or let secrets go there, too")
        })
    }
}

/// Those of the state that the vault does not list any more, or that do not count any more.
fn gone<'a>(
    listed: &[Properties],
    mapped: &[(&Properties, Result<Mapping, String>)],
    state: &'a Secrets,
    (policy, kept): (&'a Policy, &BTreeSet<&BlockRef>),
) -> Vec<Step> {
    let names: BTreeSet<&SecretName> = listed.iter().map(|it| &it.name).collect();
    let counts: BTreeSet<&SecretName> = mapped.iter().map(|it| &it.0.name).collect();
    let rest = state.secrets.iter().filter(|(name, _)| !counts.contains(name));
    let step = |(name, entry): (&'a SecretName, &'a Entry)| {
        let mapping = entry.mapping();
        let is_there = names.contains(name);
        let is_free = mapping.as_ref().is_some_and(|it| !kept.contains(&it.block));
        let is_named = policy.deletable.contains(&entry.block);
        let exists = state.blocks.get(&entry.block).is_some_and(|it| it.id.is_some());
        let (does, life) = match entry.life {
            _ if is_there => (Does::Forget, Life::Current),
            Life::Purged => (Does::Leave, Life::Purged),
            _ => (Does::Leave, Life::Deleted),
        };
        let deletes = does == Does::Leave && is_named && is_free && exists;
        let forgotten = || "the secret does not count any more".to_owned();
        Step {
            secret: name.clone(),
            listed: None,
            mapping,
            does: if deletes { Does::Delete } else { does },
            exists,
            life,
            near: false,
            reason: Some(life.reason(None).unwrap_or_else(forgotten)),
        }
    };
    rest.map(step).collect()
}

impl Step {
    /// The step after its `versions` were looked at.
    #[must_use]
    pub fn checked(self, versions: &[Properties], state: &Secrets) -> Self {
        let entry = state.secrets.get(&self.secret);
        if entry.is_some_and(|it| it.is_outdated(versions)) {
            let reason = Some("the secret has a new version".to_owned());
            return Self { does: Does::Write, reason, ..self };
        }
        Self { does: Does::Keep, ..self }
    }

    /// The step of a secret that turned out to be gone for good.
    #[must_use]
    pub fn purged(self) -> Self {
        let life = Life::Purged;
        Self { life, reason: life.reason(None), ..self }
    }

    /// The step of a block that is to be deleted, after it was seen who uses it: then it stays.
    #[must_use]
    pub fn used_by<'a>(self, users: impl Iterator<Item = &'a str>) -> Self {
        let users = users.collect::<Vec<_>>().join(", ");
        if users.is_empty() {
            return self;
        }
        let reason =
            Some(format!("the secret is gone; the block stays, since it is used by {users}"));
        Self { does: Does::Leave, reason, ..self }
    }

    /// The step as one of a plan; never what a value is.
    pub fn shown(&self) -> plan::Step {
        let action = match self.does {
            Does::Keep | Does::Check | Does::Leave | Does::Forget => plan::Action::Keep,
            Does::Write if self.exists => plan::Action::Update,
            Does::Write => plan::Action::Create,
            Does::Delete => plan::Action::Delete,
            Does::Refuse => plan::Action::Refuse,
        };
        let name = match &self.mapping {
            Some(mapping) => mapping.address(),
            None => format!("secret {}", self.secret),
        };
        let step = plan::Step::new(action, "block", name);
        let of = format!("secret `{}`", self.secret);
        step.because(self.reason.as_ref().map_or(of.clone(), |why| format!("{of}: {why}")))
    }
}

#[cfg(test)]
mod tests;
