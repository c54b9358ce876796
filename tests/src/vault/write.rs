//! What is changed in a vault.

use std::collections::BTreeMap;

use serde_json::Value;

use super::answer::{Answer, Refusal};
use super::read::told_gone;
use super::request::Call;
use super::secret::Draft;
use super::state::State;

/// Bytes of a value.
const VALUE: usize = 25_600;
const TAGS: usize = 15;
/// Characters of a tag's name, and of its value.
const TAG: usize = 512;
/// Characters.
const CONTENT_TYPE: usize = 255;

/// A new version; the answer has its value.
pub(super) fn set(state: &mut State, call: &Call, body: &[u8]) -> Answer {
    let body = parsed(body)?;
    let value = body["value"].as_str().filter(|it| !it.is_empty());
    let value = value.ok_or_else(|| Refusal::parameter("Property value cannot be empty"))?;
    if value.len() > VALUE {
        return Err(Refusal::parameter("The value exceeds the maximum size"));
    }
    let mut draft = Draft::new(value);
    change(&mut draft, &body)?;
    state.set(&call.name, draft)?;
    let base = state.base.clone();
    let secret = state.live(&call.name)?;
    let made = secret.current().ok_or_else(|| Refusal::not_found(&call.name))?;
    let mut out = made.told((&base, &secret.name), true);
    out.insert("value".into(), value.into());
    Ok(out.into())
}

/// Other properties of a version; the answer has no value.
pub(super) fn update(state: &mut State, call: &Call, body: &[u8]) -> Answer {
    let (body, base, now) = (parsed(body)?, state.base.clone(), state.now());
    let secret = state.live(&call.name)?;
    let name = secret.name.clone();
    let found = secret.versions.iter_mut().find(|it| Some(&it.id) == call.version.as_ref());
    let found = found.ok_or_else(|| Refusal::not_found(&call.name))?;
    let mut draft = found.draft.clone();
    change(&mut draft, &body)?;
    (found.draft, found.updated) = (draft, now);
    Ok(found.told((&base, &name), true).into())
}

/// What is deleted; that is so after a while.
pub(super) fn delete(state: &mut State, call: &Call) -> Answer {
    let (base, now) = (state.base.clone(), state.now());
    let told = told_gone(&base, state.delete(&call.name)?, now);
    told.map(Value::from).ok_or_else(|| Refusal::not_found(&call.name))
}

/// What comes back; that is so after a while.
pub(super) fn recover(state: &mut State, call: &Call) -> Answer {
    let base = state.base.clone();
    let secret = state.recover(&call.name)?;
    let told = secret.current().map(|it| it.told((&base, &secret.name), true).into());
    told.ok_or_else(|| Refusal::not_found(&call.name))
}

fn parsed(body: &[u8]) -> Result<Value, Refusal> {
    serde_json::from_slice(body).map_err(|_quotes_it| Refusal::parameter("The body is no JSON"))
}

/// Takes over what `body` has.
fn change(draft: &mut Draft, body: &Value) -> Result<(), Refusal> {
    if let Some(text) = body["contentType"].as_str() {
        if text.chars().count() > CONTENT_TYPE {
            return Err(Refusal::parameter("The content type is too long"));
        }
        draft.content_type = Some(text.to_owned());
    }
    if !body["tags"].is_null() {
        draft.tags = tags(&body["tags"])?;
    }
    let attributes = &body["attributes"];
    if let Some(enabled) = attributes["enabled"].as_bool() {
        draft.disabled = !enabled;
    }
    for (name, place) in [("nbf", &mut draft.not_before), ("exp", &mut draft.expires)] {
        if let Some(time) = attributes[name].as_i64() {
            *place = Some(time);
        }
    }
    Ok(())
}

fn tags(it: &Value) -> Result<BTreeMap<String, String>, Refusal> {
    let wrong = || Refusal::parameter("tags are at most 15 texts of at most 512 characters");
    let map = it.as_object().filter(|it| it.len() <= TAGS).ok_or_else(wrong)?;
    let short = |it: &str| it.chars().count() <= TAG;
    let tag = |(name, value): (&String, &Value)| {
        let value = value.as_str().filter(|it| short(it) && short(name));
        Ok((name.clone(), value.ok_or_else(wrong)?.to_owned()))
    };
    map.iter().map(tag).collect()
}
