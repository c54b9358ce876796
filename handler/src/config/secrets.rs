//! Which secrets of the vault go where.

use std::collections::BTreeSet;

use domain::secret::{Selection, Table};

/// Which secrets of the vault go where.
#[derive(Debug, Clone, Default)]
pub struct SecretsConfig {
    /// `SYNC_SECRETS` (default tagged): which of them count.
    pub selection: Selection,
    /// `SYNC_SECRETS_FILE`: where they go, for people who may not tag secrets.
    pub table: Table,
    /// `SYNC_SECRETS_DELETE` (`type/name`, with commas): the blocks that go with their secrets.
    pub deletable: BTreeSet<String>,
    /// `SYNC_SECRETS_EXPIRY_DAYS` (default 30): how long before its end a secret is near it.
    pub near_days: u16,
}
