//! Prefect's REST API: client, observe (reads), write.

use crate::config::PrefectConfig;

/// A client of one Prefect server.
#[derive(Debug)]
pub struct Client {}

impl Client {
    /// A client by `config`.
    ///
    /// # Errors
    /// When the HTTP client cannot be built (an unreadable CA file).
    pub fn new(_config: &PrefectConfig) -> anyhow::Result<Self> {
        Ok(Self {})
    }
}
