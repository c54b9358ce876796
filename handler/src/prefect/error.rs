//! What can go wrong with a call, by what the caller can do.

use reqwest::StatusCode;

/// Why a call failed; never contains a body that we sent (a 422 echoes it, secrets included).
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// 404: the object is not there.
    #[error("{operation}: not found")]
    Missing {
        /// Method and path.
        operation: String,
    },
    /// 401 or 403: our credentials are not accepted.
    #[error(
        "{operation}: not authorised (HTTP {status}); look at PREFECT_API_KEY or PREFECT_API_AUTH_STRING"
    )]
    Denied {
        /// Method and path.
        operation: String,
        /// The answer's status.
        status: StatusCode,
    },
    /// 409: exists already, or is in conflict.
    #[error("{operation}: conflict: {detail}")]
    Conflict {
        /// Method and path.
        operation: String,
        /// The server's words.
        detail: String,
    },
    /// No answer, or one that says "later", after all retries.
    #[error("{operation}: prefect is not available: {detail}")]
    Unavailable {
        /// Method and path.
        operation: String,
        /// What was seen last.
        detail: String,
    },
    /// 4xx or 500: sending the same again will not help.
    #[error("{operation}: refused (HTTP {status}): {detail}")]
    Rejected {
        /// Method and path.
        operation: String,
        /// The answer's status.
        status: StatusCode,
        /// The server's words, without what we sent.
        detail: String,
    },
    /// The answer is not what Prefect answers.
    #[error(
        "{operation}: this is not a Prefect API: {detail}; PREFECT_API_URL must end in /api or name a Cloud workspace"
    )]
    Garbled {
        /// Method and path.
        operation: String,
        /// What was wrong.
        detail: String,
    },
}

impl ApiError {
    /// The error for an answer with `status` and `body`.
    pub(super) fn of(operation: String, status: StatusCode, body: &[u8]) -> Self {
        let detail = detail(body);
        match status {
            StatusCode::NOT_FOUND => Self::Missing { operation },
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Self::Denied { operation, status },
            StatusCode::CONFLICT => Self::Conflict { operation, detail },
            _ => Self::Rejected { operation, status, detail },
        }
    }

    /// Whether trying later may help.
    pub fn is_later(&self) -> bool {
        matches!(self, Self::Unavailable { .. })
    }
}

/// The readable part of an error body: `detail` or the messages of `exception_detail`, never an echo of the request.
fn detail(body: &[u8]) -> String {
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(body) else {
        return "no readable answer".to_owned();
    };
    if let Some(text) = value.get("detail").and_then(serde_json::Value::as_str) {
        return text.chars().take(400).collect();
    }
    let items = value.get("exception_detail").and_then(serde_json::Value::as_array);
    let messages: Vec<String> = items.into_iter().flatten().take(5).map(message).collect();
    if messages.is_empty() {
        let text = value.get("exception_message").and_then(serde_json::Value::as_str);
        return text.unwrap_or("no reason given").to_owned();
    }
    messages.join("; ")
}

fn message(item: &serde_json::Value) -> String {
    let place = item.get("loc").and_then(serde_json::Value::as_array);
    let place: Vec<String> = place
        .into_iter()
        .flatten()
        .map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned))
        .collect();
    let text = item.get("msg").and_then(serde_json::Value::as_str).unwrap_or("invalid");
    format!("{}: {text}", place.join("."))
}

#[cfg(test)]
mod tests {
    use super::detail;

    #[test]
    fn a_422_is_told_without_the_request_that_it_echoes() {
        let body = br#"{"exception_message":"Invalid request received.","exception_detail":[{"type":"x","loc":["body","name"],"msg":"Field required","input":{"pw":"canary"}}],"request_body":{"pw":"canary"}}"#;
        assert_eq!(detail(body), "body.name: Field required");
    }
}
