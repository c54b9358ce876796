//! The host's envelope: `{"Data":{…},"Metadata":{…}}`, decoded as tolerantly as the host encodes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// Why a body is no envelope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the invocation is malformed: {0}")]
pub(super) struct Malformed(pub(super) &'static str);

/// The input `name` of the envelope `body`.
///
/// The host wraps plain values as JSON in a string, and strings twice; so a string that is JSON is opened, at most twice.
pub(super) fn input(body: &[u8], name: &str) -> Result<Value, Malformed> {
    let envelope: Value = serde_json::from_slice(body).ok().ok_or(Malformed("it is not JSON"))?;
    let data = envelope.get("Data").filter(|_| envelope.get("Metadata").is_some());
    let data = data.ok_or(Malformed("it lacks Data or Metadata"))?;
    let value = data.get(name).ok_or(Malformed("it lacks its input"))?;
    Ok(opened(opened(value.clone())))
}

fn opened(value: Value) -> Value {
    let inner = value.as_str().and_then(|it| serde_json::from_str::<Value>(it).ok());
    inner.filter(|it| it.is_object() || it.is_array() || it.is_string()).unwrap_or(value)
}

/// A queue message: base64 of its bytes (`dataType: binary`), or already text or JSON.
pub(super) fn message(value: &Value) -> Option<Value> {
    let Some(text) = value.as_str() else { return Some(value.clone()) };
    let decoded = STANDARD.decode(text.trim()).ok();
    let bytes = decoded.unwrap_or_else(|| text.as_bytes().to_vec());
    serde_json::from_slice(&bytes).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_way_in_which_the_host_encodes_is_read() {
        let twice = br#"{"Data":{"msg":"\"{\\\"jobId\\\":\\\"42\\\"}\""},"Metadata":{}}"#;
        let once = br#"{"Data":{"msg":"{\"jobId\":\"42\"}"},"Metadata":{}}"#;
        let plain = br#"{"Data":{"msg":{"jobId":"42"}},"Metadata":{}}"#;
        let binary = br#"{"Data":{"msg":"eyJqb2JJZCI6IjQyIn0="},"Metadata":{}}"#;
        for body in [twice.as_slice(), once, plain, binary] {
            assert_eq!(message(&input(body, "msg").unwrap()), Some(json!({"jobId": "42"})));
        }
    }

    #[test]
    fn a_body_without_metadata_is_no_invocation() {
        assert!(input(br#"{"Data":{"msg":1}}"#, "msg").is_err());
    }
}
