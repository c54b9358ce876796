//! What can go wrong with a call, by what the caller can do.

use reqwest::StatusCode;
use serde_json::Value;

use crate::config::Secret;

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
        "{operation}: not authorised (HTTP {status}); look at PREFECT_API_KEY or PREFECT_API_AUTH_STRING, or at the secret that has it"
    )]
    Denied {
        /// Method and path.
        operation: String,
        /// The answer's status.
        status: StatusCode,
    },
    /// The vault does not give what Prefect wants to see.
    #[error("the credentials for prefect are not to be had: {detail}")]
    NoCredentials {
        /// Why, without what was read.
        detail: String,
        /// Whether trying later may help.
        is_later: bool,
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
    /// The error for an answer with `status` and `body` to the body and the secrets that we `sent`.
    pub(super) fn of(
        operation: String,
        status: StatusCode,
        body: &[u8],
        sent: (Option<&Value>, &[Secret]),
    ) -> Self {
        let detail = masked(detail(body), sent);
        match status {
            StatusCode::NOT_FOUND => Self::Missing { operation },
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Self::Denied { operation, status },
            StatusCode::CONFLICT => Self::Conflict { operation, detail },
            _ => Self::Rejected { operation, status, detail },
        }
    }

    /// Whether trying later may help.
    pub fn is_later(&self) -> bool {
        matches!(self, Self::Unavailable { .. } | Self::NoCredentials { is_later: true, .. })
    }
}

/// The readable part of an error body: `detail` or the messages of `exception_detail`, never an echo of the request.
fn detail(body: &[u8]) -> String {
    let Ok(value) = serde_json::from_slice::<Value>(body) else {
        return "no readable answer".to_owned();
    };
    if let Some(text) = value.get("detail").and_then(Value::as_str) {
        return text.to_owned();
    }
    let items = value.get("exception_detail").and_then(Value::as_array);
    let messages: Vec<String> = items.into_iter().flatten().take(5).map(message).collect();
    if messages.is_empty() {
        let text = value.get("exception_message").and_then(Value::as_str);
        return text.unwrap_or("no reason given").to_owned();
    }
    messages.join("; ")
}

fn message(item: &Value) -> String {
    let place = item.get("loc").and_then(Value::as_array);
    let place: Vec<String> = place
        .into_iter()
        .flatten()
        .map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned))
        .collect();
    let text = item.get("msg").and_then(Value::as_str).unwrap_or("invalid");
    format!("{}: {text}", place.join("."))
}

/// Members of what we send, at any depth, whose values may be secrets: a server's message quotes the value that it refuses.
const PRIVATE: [&str; 4] = ["parameters", "job_variables", "infra_overrides", "data"];
/// Shorter texts say nothing, and would be found everywhere.
const SHORTEST: usize = 4;

/// `text` without the private values of `body` and without `secrets`, at most 400 characters.
fn masked(text: String, (body, secrets): (Option<&Value>, &[Secret])) -> String {
    let mut values: Vec<&str> =
        secrets.iter().map(Secret::expose).filter(|it| !it.is_empty()).collect();
    if let Some(body) = body {
        private(body, false, &mut values);
    }
    // the longest first: one may be part of another
    values.sort_by_key(|it| std::cmp::Reverse(it.len()));
    let text = values.iter().fold(text, |text, value| text.replace(value, "***"));
    text.chars().take(400).collect()
}

/// The lines of the private texts in `value`, and what is between characters that a message quotes with escapes.
fn private<'a>(value: &'a Value, inside: bool, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) if inside => {
            let escaped = |it: char| matches!(it, '"' | '\'' | '\\') || !matches!(it, ' '..='~');
            let parts = text.lines().chain(text.split(escaped));
            found.extend(parts.filter(|it| it.len() >= SHORTEST));
        }
        Value::Array(list) => list.iter().for_each(|it| private(it, inside, found)),
        Value::Object(map) => {
            for (name, it) in map {
                private(it, inside || PRIVATE.contains(&name.as_str()), found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Secret, detail, masked};

    #[test]
    fn a_422_is_told_without_the_request_that_it_echoes() {
        let body = br#"{"exception_message":"Invalid request received.","exception_detail":[{"type":"x","loc":["body","name"],"msg":"Field required","input":{"pw":"canary"}}],"request_body":{"pw":"canary"}}"#;
        assert_eq!(detail(body), "body.name: Field required");
    }

    #[test]
    fn what_a_message_echoes_of_our_credentials_is_masked() {
        let secrets = [Secret::new("canary"), Secret::new("me:canary-2"), Secret::new("")];
        let text = "bad token Bearer canary, me:canary-2";
        assert_eq!(masked(text.to_owned(), (None, &secrets)), "bad token Bearer ***, ***");
    }

    #[test]
    fn what_a_message_quotes_of_our_values_is_masked() {
        let sent = json!({"name": "daily", "schedules": [{"slug": "daily", "parameters": {"n": ["canary-1", "canary-1-and-more"]}}],
            "job_variables": {"env": {"PW": "two\nlines-of-it", "N": "5"}}});
        let text = "daily: 'canary-1-and-more', 'canary-1' and 'two\\nlines-of-it' is not of type 'integer'";
        let want = "daily: '***', '***' and 'two\\n***' is not of type 'integer'";
        assert_eq!(masked(text.to_owned(), (Some(&sent), &[])), want);
        assert_eq!(masked("y".repeat(500), (None, &[])).len(), 400);
    }

    #[test]
    fn what_a_message_quotes_with_escapes_is_masked() {
        let value = "it's \"canary-1\"\\canary-2\u{fc}canary-3\tcanary-4";
        let sent = json!({"data": {"value": value}});
        let python = r#"'it\'s "canary-1"\\canary-2ücanary-3\tcanary-4'"#;
        let ascii = r#""it's \"canary-1\"\\canary-2\u00fccanary-3\tcanary-4""#;
        for text in [value, &json!(value).to_string(), python, ascii] {
            let text = masked(format!("{text} is wrong"), (Some(&sent), &[]));
            assert!(!text.contains("canary") && text.ends_with(" is wrong"), "{text}");
        }
    }
}
