//! The job: one scope to reconcile. Its JSON is a contract (queue `sync-jobs`, base64 of JSON, unknown fields ignored).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::names::BundleId;

/// What to reconcile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "scope", content = "id", rename_all = "lowercase")]
pub enum Scope {
    /// One bundle.
    Bundle(BundleId),
    /// One Key Vault secret, by name.
    Secret(String),
    /// Work pools and queues.
    Queues,
    /// Every bundle.
    All,
}

/// Why a job was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cause {
    /// A blob was written.
    Upload,
    /// A blob was deleted.
    Delete,
    /// A secret was rotated.
    Rotation,
    /// The timer.
    Timer,
    /// `POST /api/redeploy`.
    Redeploy,
    /// Sent again by us or by a person.
    Replay,
}

/// What a redeploy may ask for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// An earlier digest, 12 or 64 hex digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Only these deployments, `flow/name` or `name`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deployments: Vec<String>,
    /// Take over objects without our marker.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub adopt: bool,
    /// Start a flow run of the named deployment afterwards.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub run: bool,
    /// Let the uploaded revision count again.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unpin: bool,
}

/// One scope to reconcile; an event says where to look, never what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Version of this document: 1.
    pub v: u32,
    /// Where to look.
    #[serde(flatten)]
    pub scope: Scope,
    /// The blob's `ETag` in the event: a hint only, the job works on what is there now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// Why.
    pub cause: Cause,
    /// When a redeploy was accepted, RFC 3339: a rollback that is older than the last one is not carried out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<String>,
    /// Id of the request or event.
    pub request: String,
    /// What a redeploy asks for.
    #[serde(default)]
    pub options: Options,
    /// How often this job was sent again because something was unavailable.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub attempt: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// Whether `request` can name a request: it is a part of a document's name.
pub fn is_request_name(request: &str) -> bool {
    let plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '_' | '-');
    let fits = (1..=100).contains(&request.len()) && request.chars().all(plain);
    fits && !request.starts_with('.')
}

impl Job {
    /// A job for `scope` without options.
    pub fn new(scope: Scope, cause: Cause, request: impl Into<String>) -> Self {
        let request = request.into();
        let options = Options::default();
        Self { v: 1, scope, etag: None, cause, accepted: None, request, options, attempt: 0 }
    }

    /// The text of a message of the queue, before its base64.
    pub fn to_message(&self) -> String {
        // nothing in it can fail to be JSON
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The job that `message` is.
    ///
    /// # Errors
    /// Why it is none, or that it is of a version that is not ours.
    pub fn of_message(message: Value) -> Result<Self, String> {
        let job: Self = serde_json::from_value(message).map_err(|error| error.to_string())?;
        if job.v == 1 { Ok(job) } else { Err(format!("a job of version {}, not 1", job.v)) }
    }
}
