//! The events that are not ours, counted by reason.

use std::collections::BTreeMap;
use std::fmt;

/// How many there were of each reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ignored(BTreeMap<&'static str, usize>);

impl Ignored {
    /// One more.
    pub fn count(&mut self, reason: &'static str) {
        *self.0.entry(reason).or_default() += 1;
    }

    /// The reasons, each with its number.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.0.iter().map(|(reason, count)| (*reason, *count))
    }
}

/// `another vault (2), not about a secret (1)`; empty when there were none.
impl fmt::Display for Ignored {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (reason, count)) in self.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(out, "{comma}{reason} ({count})")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Ignored;

    #[test]
    fn each_reason_is_counted() {
        let mut it = Ignored::default();
        assert_eq!(it.to_string(), "");
        for reason in ["not about a secret", "another vault", "another vault"] {
            it.count(reason);
        }
        assert_eq!(it.to_string(), "another vault (2), not about a secret (1)");
    }
}
