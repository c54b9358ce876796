//! The vaults of a server, and what is in them.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use azure_core::time::OffsetDateTime;

use super::answer::Refusal;
use super::secret::{Draft, Phase, Secret, Version};
use super::trouble::Troubles;
use super::{DOMAIN, token};

/// How many more requests about a secret find a change of it not done yet.
const LOOKS: u32 = 2;
/// A change that waits for the test.
const HELD: u32 = u32::MAX;

/// All vaults, by name.
#[derive(Debug, Default)]
pub(super) struct Shared(Mutex<BTreeMap<String, State>>);

/// A vault.
#[derive(Debug)]
pub(super) struct State {
    /// `https://NAME.vault.azure.net`.
    pub(super) base: String,
    /// By name in lower case.
    pub(super) secrets: BTreeMap<String, Secret>,
    pub(super) troubles: Troubles,
    pub(super) protected: bool,
    /// What it says that a token has to be for.
    pub(super) resource: String,
    /// Requests that came with a token, good or not.
    pub(super) tokens: usize,
    /// Each page has a next one.
    pub(super) endless: bool,
    /// How long a change takes.
    looks: u32,
    /// Seconds that its clock is ahead.
    ahead: i64,
}

impl Shared {
    pub(super) fn make(&self, name: &str) {
        let base = format!("https://{name}{DOMAIN}");
        let make = || State {
            base,
            secrets: BTreeMap::new(),
            troubles: Troubles::default(),
            protected: false,
            resource: token::RESOURCE.to_owned(),
            tokens: 0,
            endless: false,
            looks: LOOKS,
            ahead: 0,
        };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry(name.to_ascii_lowercase()).or_insert_with(make);
    }

    /// What `work` makes of the vault; `None` when there is none of that name.
    pub(super) fn with<T>(&self, name: &str, work: impl FnOnce(&mut State) -> T) -> Option<T> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get_mut(&name.to_ascii_lowercase()).map(work)
    }
}

impl State {
    pub(super) fn now(&self) -> i64 {
        OffsetDateTime::now_utc().unix_timestamp() + self.ahead
    }

    pub(super) fn pass(&mut self, seconds: i64) {
        self.ahead += seconds;
    }

    /// From now on changes wait for [`State::settle`].
    pub(super) fn hold(&mut self) {
        self.looks = HELD;
    }

    /// Every change is done.
    pub(super) fn settle(&mut self) {
        let names: Vec<String> = self.secrets.keys().cloned().collect();
        for name in names {
            self.advance(&name, u32::MAX);
        }
    }

    /// A request looks at `name`: a change of it is nearer to its end.
    pub(super) fn look(&mut self, name: &str) -> Option<&mut Secret> {
        self.advance(name, 0);
        self.secrets.get_mut(&name.to_ascii_lowercase())
    }

    /// Ends a change that has at most `most` looks to go, or counts this one.
    fn advance(&mut self, name: &str, most: u32) {
        let (key, now) = (name.to_ascii_lowercase(), self.now());
        let Some(secret) = self.secrets.get_mut(&key) else { return };
        let (left, next) = match secret.phase {
            Phase::Live | Phase::Deleted(_) => return,
            Phase::Deleting(left) => (left, Some(Phase::Deleted(now))),
            Phase::Recovering(left) => (left, Some(Phase::Live)),
            Phase::Purging(left) => (left, None),
        };
        match (left <= most, next) {
            (true, Some(phase)) => secret.phase = phase,
            (true, None) => drop(self.secrets.remove(&key)),
            (false, _) if left == HELD => {}
            (false, _) => {
                secret.phase = match secret.phase {
                    Phase::Deleting(_) => Phase::Deleting(left - 1),
                    Phase::Recovering(_) => Phase::Recovering(left - 1),
                    Phase::Purging(_) => Phase::Purging(left - 1),
                    other => other,
                }
            }
        }
    }

    /// A new version of `name`; its id.
    pub(super) fn set(&mut self, name: &str, draft: Draft) -> Result<String, Refusal> {
        let now = self.now();
        let id = uuid::Uuid::new_v4().simple().to_string();
        let version = Version { id: id.clone(), draft, created: now, updated: now };
        let key = name.to_ascii_lowercase();
        match self.look(name) {
            None => {
                let versions = vec![version];
                let secret = Secret { name: name.to_owned(), versions, phase: Phase::Live };
                self.secrets.insert(key, secret);
            }
            Some(secret) => {
                free(secret)?;
                secret.versions.push(version);
            }
        }
        Ok(id)
    }

    pub(super) fn delete(&mut self, name: &str) -> Result<&Secret, Refusal> {
        let looks = self.looks;
        let secret = self.live(name)?;
        secret.phase = Phase::Deleting(looks);
        Ok(secret)
    }

    pub(super) fn recover(&mut self, name: &str) -> Result<&Secret, Refusal> {
        let looks = self.looks;
        let secret = self.deleted(name)?;
        secret.phase = Phase::Recovering(looks);
        Ok(secret)
    }

    pub(super) fn purge(&mut self, name: &str) -> Result<(), Refusal> {
        let (looks, protected) = (self.looks, self.protected);
        let secret = self.deleted(name)?;
        if protected {
            let message = "The vault has purge protection.";
            return Err(Refusal::forbidden("ForbiddenByPurgeProtection", message));
        }
        secret.phase = Phase::Purging(looks);
        Ok(())
    }

    /// The secret `name`, which is neither deleted nor about to be.
    pub(super) fn live(&mut self, name: &str) -> Result<&mut Secret, Refusal> {
        match self.look(name) {
            Some(it) if it.phase == Phase::Live => Ok(it),
            Some(it) if matches!(it.phase, Phase::Recovering(_)) => {
                Err(Refusal::conflict(name, "ObjectIsBeingRecovered"))
            }
            _ => Err(Refusal::not_found(name)),
        }
    }

    /// The secret `name`, which is deleted, all done.
    pub(super) fn deleted(&mut self, name: &str) -> Result<&mut Secret, Refusal> {
        match self.look(name) {
            Some(it) if matches!(it.phase, Phase::Deleted(_)) => Ok(it),
            Some(it) if matches!(it.phase, Phase::Recovering(_)) => {
                Err(Refusal::conflict(name, "ObjectIsBeingRecovered"))
            }
            _ => Err(Refusal::not_found(name)),
        }
    }
}

/// Whether a new version can be made.
fn free(secret: &Secret) -> Result<(), Refusal> {
    let why = match secret.phase {
        Phase::Live => return Ok(()),
        Phase::Deleted(_) => "ObjectIsDeletedButRecoverable",
        Phase::Deleting(_) | Phase::Purging(_) => "ObjectIsBeingDeleted",
        Phase::Recovering(_) => "ObjectIsBeingRecovered",
    };
    Err(Refusal::conflict(&secret.name, why))
}
