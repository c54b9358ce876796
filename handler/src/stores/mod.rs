//! Bundles, code, receipts, leases and queues: Azure or a local folder.

/// The stores of one installation.
#[derive(Debug)]
pub struct Stores {}
