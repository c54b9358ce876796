//! What a proxy has passed on, with the bodies.

use std::sync::Mutex;

use serde_json::Value;

/// A request with what was said on both sides; null where that is no JSON.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// `METHOD /path`
    pub request: String,
    /// The request's body.
    pub sent: Value,
    /// The answer's body.
    pub answered: Value,
}

/// Keeps exchanges once somebody has asked for them.
#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<Option<Vec<Exchange>>>);

impl Kept {
    /// What came since the last call, in its order; the first call gives nothing.
    pub(super) fn take(&self) -> Vec<Exchange> {
        let kept = self.0.lock().map(|mut it| it.replace(Vec::new()));
        kept.ok().flatten().unwrap_or_default()
    }

    pub(super) fn add(&self, request: String, sent: &[u8], answered: &[u8]) {
        let json = |bytes| serde_json::from_slice(bytes).unwrap_or_default();
        if let Ok(mut kept) = self.0.lock()
            && let Some(list) = kept.as_mut()
        {
            list.push(Exchange { request, sent: json(sent), answered: json(answered) });
        }
    }
}
