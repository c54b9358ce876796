//! What people ask for over HTTP, whichever front takes it: status and body of each answer.

mod redeploy;
mod status;
mod wait;

use serde_json::{Value, json};

use crate::stores::StoreError;

pub use redeploy::{Asked, dry_run, refusal, requested};
pub use status::{Query, status};
pub use wait::{accepted, waited};

/// The store cannot be read or written.
fn unavailable(error: &StoreError) -> (u16, Value) {
    tracing::error!(error = crate::telemetry::chain(error), "a request cannot be answered");
    (503, json!({"error": "the storage cannot be used; the log says why"}))
}
