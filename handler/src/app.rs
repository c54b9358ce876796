//! The clients, the policy and the limits; built once.

use crate::config::Config;
use crate::prefect::Client;
use crate::stores::Stores;

/// Everything a reconcile needs.
pub struct App {
    /// The settings.
    pub config: Config,
    /// Prefect's API.
    pub prefect: Client,
    /// Bundles, code, receipts and queues.
    pub stores: Stores,
}
