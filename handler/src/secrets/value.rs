//! The value of a secret.

use zeroize::Zeroizing;

/// The value of a secret: neither shown, copied nor serialised, and overwritten when it is dropped.
pub struct SecretValue(Zeroizing<String>);

impl SecretValue {
    /// Wraps `value`.
    pub(crate) fn new(value: String) -> Self {
        Self(Zeroizing::new(value))
    }

    /// The value, for the one call that writes it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}
