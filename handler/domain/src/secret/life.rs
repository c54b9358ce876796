//! Whether a secret is to be used now.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Properties;

/// Whether a secret is to be used now. In any state but `current` its block stays as it is.
///
/// A vault refuses the value of a disabled one only: dates are for whoever uses it ("About Azure Key Vault secrets", date-time
/// controlled operations).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Life {
    /// It is.
    #[default]
    Current,
    /// Somebody disabled its current version.
    Disabled,
    /// Its current version is for later.
    NotYetValid,
    /// Its current version is over.
    Expired,
    /// It is gone, and may be recovered.
    Deleted,
    /// It is gone for good.
    Purged,
}

impl Life {
    /// That of `secret` at `now`.
    pub fn of(secret: &Properties, now: Timestamp) -> Self {
        if !secret.enabled {
            Self::Disabled
        } else if secret.expires.is_some_and(|it| it <= now) {
            Self::Expired
        } else if secret.not_before.is_some_and(|it| it > now) {
            Self::NotYetValid
        } else {
            Self::Current
        }
    }

    /// Whether the vault has it no more, for good or not.
    pub fn is_gone(self) -> bool {
        matches!(self, Self::Deleted | Self::Purged)
    }

    /// Why its block is left as it is; `None` when it is not left.
    pub fn reason(self, secret: Option<&Properties>) -> Option<String> {
        let at = |it: Option<Timestamp>| it.map_or_else(String::new, |it| format!(" {it}"));
        let dates = secret.map(|it| (at(it.not_before), at(it.expires)));
        let (not_before, expires) = dates.unwrap_or_default();
        Some(match self {
            Self::Current => return None,
            Self::Disabled => "the secret is disabled".to_owned(),
            Self::NotYetValid => format!("the secret is not valid before{not_before}"),
            Self::Expired => format!("the secret expired{expires}: make a new version"),
            Self::Deleted => "the secret is deleted; it can be recovered".to_owned(),
            Self::Purged => "the secret is gone for good".to_owned(),
        })
    }
}

/// Whether `secret` expires within `days`.
pub fn is_near_expiry(secret: &Properties, now: Timestamp, days: u16) -> bool {
    let ahead = SignedDuration::from_hours(i64::from(days) * 24);
    let last = now.checked_add(ahead).unwrap_or(Timestamp::MAX);
    secret.expires.is_some_and(|it| now < it && it <= last)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, secret};
    use super::*;

    #[test]
    fn the_state_is_that_of_now() {
        let mut it = secret("a");
        (it.not_before, it.expires) = (Some(at(10)), Some(at(20)));
        let of = |now| Life::of(&it, at(now));
        assert_eq!(
            [9, 10, 19, 20].map(of),
            [Life::NotYetValid, Life::Current, Life::Current, Life::Expired]
        );
        it.enabled = false;
        assert_eq!(Life::of(&it, at(15)), Life::Disabled);
    }

    #[test]
    fn a_secret_that_expires_within_the_days_is_near_it() {
        let mut it = secret("a");
        assert!(!is_near_expiry(&it, at(0), 30));
        it.expires = Some(at(86_400 * 30));
        assert!(is_near_expiry(&it, at(0), 30) && !is_near_expiry(&it, at(0), 29));
        assert!(!is_near_expiry(&it, at(86_400 * 30), 30), "it has expired");
    }
}
