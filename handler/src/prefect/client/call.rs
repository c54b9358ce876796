//! A call, and what its answer means.

use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::config::Secret;
use crate::prefect::ApiError;

/// One call of the API.
pub(super) struct Call<'a> {
    pub(super) method: Method,
    pub(super) path: &'a str,
    pub(super) body: Option<&'a Value>,
    /// Whether sending it twice is as good as once: nearly every call (creates have unique keys).
    pub(super) repeatable: bool,
}

impl<'a> Call<'a> {
    pub(super) fn of(method: Method, path: &'a str, body: Option<&'a Value>) -> Self {
        Self { method, path, body, repeatable: true }
    }

    pub(super) fn operation(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// What an answer that is not "later" means.
    pub(super) fn ended(
        &self,
        status: StatusCode,
        bytes: &[u8],
        secrets: &[Secret],
    ) -> Result<Value, ApiError> {
        let operation = self.operation();
        if status.is_redirection() {
            return Err(ApiError::Garbled { operation, detail: format!("HTTP {status}") });
        }
        if !status.is_success() {
            return Err(ApiError::of(operation, status, bytes, (self.body, secrets)));
        }
        if bytes.is_empty() {
            return Ok(Value::Null);
        }
        let garbled = |error: serde_json::Error| error.to_string();
        let value = serde_json::from_slice(bytes).map_err(garbled);
        value.map_err(|detail| ApiError::Garbled { operation, detail })
    }
}
