//! One secret, and what is done about it.

use super::super::{Life, Mapping, Properties, SecretName, Secrets};
use crate::plan;

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
    /// Nothing: it could not be looked at.
    Fail {
        /// Whether trying later may help.
        later: bool,
    },
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
    /// Who was found to use its block; empty when nobody looked.
    pub users: Vec<String>,
    /// Why.
    pub reason: Option<String>,
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

    /// The step of a secret that could not be looked at: the others go on.
    #[must_use]
    pub fn failed(self, why: String, later: bool) -> Self {
        Self { does: Does::Fail { later }, reason: Some(why), ..self }
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
        let users: Vec<String> = users.map(str::to_owned).collect();
        if users.is_empty() {
            return self;
        }
        let names = users.join(", ");
        let reason =
            Some(format!("the secret is gone; the block stays, since it is used by {names}"));
        Self { does: Does::Leave, users, reason, ..self }
    }

    /// The step as one of a plan; never what a value is.
    pub fn shown(&self) -> plan::Step {
        let action = match self.does {
            Does::Keep | Does::Check | Does::Leave | Does::Forget | Does::Fail { .. } => {
                plan::Action::Keep
            }
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
