//! Event Grid events, both schemas -> where to look.
//!
//! Keys are compared without case and spaces around them, since the documents that describe the events do not agree on them.

mod ignored;
mod storage;
mod vault;

use serde_json::Value;

pub use ignored::Ignored;

use crate::job::Job;

/// Why a value is no event.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is no event: {0}")]
pub struct Malformed(&'static str);

/// Which account and container count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The storage account's name; `None`: any (an emulator has addresses of its own).
    pub account: Option<String>,
    /// The bundle container.
    pub container: String,
    /// The vault's name; `None`: there is none.
    pub vault: Option<String>,
}

/// What an event is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Look there.
    Job(Job),
    /// Not ours, with the reason.
    Ignored(&'static str),
}

/// What the event `value` is about.
///
/// # Errors
/// When it is neither an Event Grid event nor a `CloudEvent`.
pub fn read(value: &Value, places: &Places) -> Result<Outcome, Malformed> {
    let kind = text(value, "eventType")
        .or_else(|| text(value, "type"))
        .ok_or(Malformed("it has no type"))?;
    let id = text(value, "id").ok_or(Malformed("it has no id"))?;
    match kind.strip_prefix("Microsoft.").and_then(|it| it.split_once('.')) {
        Some(("Storage", kind)) => storage::read(value, (kind, id), places),
        Some(("KeyVault", kind)) => vault::read(value, (kind, id), places),
        _ => Ok(Outcome::Ignored("another type of event")),
    }
}

/// The member `name`, whatever its case.
fn member<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    let map = value.as_object()?;
    map.get(name).or_else(|| {
        map.iter().find(|(key, _)| key.trim().eq_ignore_ascii_case(name)).map(|(_, it)| it)
    })
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    member(value, name)?.as_str().map(str::trim)
}
