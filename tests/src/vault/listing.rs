//! Pages: at most 25 items, in an order that says nothing, with an opaque mark where the next one begins.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::answer::{Answer, Refusal};
use super::request::Query;

const LARGEST: usize = 25;

/// Where a listing lies, and whether it ends.
pub(super) struct Place<'a> {
    /// `https://HOST:PORT/secrets`, without a query.
    pub(super) url: &'a str,
    pub(super) endless: bool,
}

/// The page of `items` that `query` asks for; each has a key that pages are cut by.
pub(super) fn page(
    mut items: Vec<(String, Map<String, Value>)>,
    query: &Query,
    place: &Place<'_>,
) -> Answer {
    let most = match &query.most {
        None => LARGEST,
        Some(text) => {
            let most = text.parse().ok().filter(|it| (1..=LARGEST).contains(it));
            most.ok_or_else(|| Refusal::parameter("maxresults must be 1 to 25"))?
        }
    };
    items.sort_by(|a, b| a.0.cmp(&b.0));
    if let Some(marker) = &query.marker {
        let after =
            opened(marker).ok_or_else(|| Refusal::parameter("the skip token is invalid"))?;
        items.retain(|it| it.0 > after || place.endless);
    }
    let more = items.len() > most || place.endless;
    items.truncate(most);
    let last = items.last().map(|it| it.0.clone()).unwrap_or_default();
    let next = more.then(|| {
        let marker = URL_SAFE_NO_PAD.encode(json!({"NextMarker": last}).to_string());
        let (url, version) = (place.url, &query.api_version);
        format!("{url}?api-version={version}&$skiptoken={marker}&maxresults={most}")
    });
    let items: Vec<Value> = items.into_iter().map(|it| it.1.into()).collect();
    Ok(json!({"value": items, "nextLink": next}))
}

fn opened(marker: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(marker).ok()?;
    let document: Value = serde_json::from_slice(&bytes).ok()?;
    Some(document["NextMarker"].as_str()?.to_owned())
}
