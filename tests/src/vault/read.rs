//! What is read of a vault.

use serde_json::{Map, Value};

use super::answer::{Answer, Refusal};
use super::listing::{Place, page};
use super::request::Call;
use super::secret::{Phase, Secret, Version};
use super::state::State;

/// Seconds that a deleted secret is kept.
const KEPT: i64 = 90 * 24 * 60 * 60;

/// All secrets; by their names from behind, which is no order of time.
pub(super) fn list(state: &mut State, call: &Call, authority: &str) -> Answer {
    let live = |it: &&Secret| matches!(it.phase, Phase::Live);
    let told = |it: &Secret| Some((key(it), it.current()?.told((&state.base, &it.name), false)));
    let items = state.secrets.values().filter(live).filter_map(told).collect();
    let url = format!("https://{authority}/secrets");
    page(items, &call.query, &Place { url: &url, endless: state.endless })
}

/// All versions of a secret, by their ids.
pub(super) fn versions(state: &mut State, call: &Call, authority: &str) -> Answer {
    let (base, endless) = (state.base.clone(), state.endless);
    let secret = state.live(&call.name)?;
    let told = |it: &Version| (it.id.clone(), it.told((&base, &secret.name), true));
    let items = secret.versions.iter().map(told).collect();
    let url = format!("https://{authority}/secrets/{}/versions", call.name);
    page(items, &call.query, &Place { url: &url, endless })
}

/// A version with its value. Its dates do not count: they are for those who use it.
pub(super) fn value(state: &mut State, call: &Call) -> Answer {
    let base = state.base.clone();
    let secret = state.live(&call.name)?;
    let found = match &call.version {
        None => secret.current(),
        Some(version) => secret.versions.iter().find(|it| it.id == *version),
    };
    let found = found.ok_or_else(|| Refusal::not_found(&call.name))?;
    if found.draft.disabled {
        let message = "Operation get is not allowed on a disabled secret.";
        return Err(Refusal::forbidden("SecretDisabled", message));
    }
    let mut out = found.told((&base, &secret.name), true);
    out.insert("value".into(), found.draft.value.clone().into());
    Ok(out.into())
}

/// Deleted secrets.
pub(super) fn deleted_list(state: &mut State, call: &Call, authority: &str) -> Answer {
    let told = |it: &Secret| Some((key(it), told_deleted(&state.base, it, false)?));
    let items = state.secrets.values().filter_map(told).collect();
    let url = format!("https://{authority}/deletedsecrets");
    page(items, &call.query, &Place { url: &url, endless: false })
}

/// A deleted secret, once that is done.
pub(super) fn deleted(state: &mut State, call: &Call) -> Answer {
    let base = state.base.clone();
    let secret = state.deleted(&call.name)?;
    let told = told_deleted(&base, secret, true);
    told.map(Value::from).ok_or_else(|| Refusal::not_found(&call.name))
}

/// What is told of a secret that is deleted, or about to be.
pub(super) fn told_gone(base: &str, secret: &Secret, since: i64) -> Option<Map<String, Value>> {
    let mut out = secret.current()?.told((base, &secret.name), true);
    out.insert("recoveryId".into(), format!("{base}/deletedsecrets/{}", secret.name).into());
    out.insert("deletedDate".into(), since.into());
    out.insert("scheduledPurgeDate".into(), (since + KEPT).into());
    Some(out)
}

fn told_deleted(base: &str, secret: &Secret, whole: bool) -> Option<Map<String, Value>> {
    let Phase::Deleted(since) = secret.phase else { return None };
    let mut out = told_gone(base, secret, since)?;
    if !whole {
        out.insert("id".into(), format!("{base}/secrets/{}", secret.name).into());
    }
    Some(out)
}

fn key(secret: &Secret) -> String {
    secret.name.to_ascii_lowercase().chars().rev().collect()
}
