//! The headers that every call carries.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};

use crate::config::{Auth, PrefectConfig};

/// The API version that 2.20 and 3.x both have.
const API_VERSION: &str = "0.8.4";

/// The API version, the operator's own headers, and the credentials; none of the latter two is ever printed.
///
/// # Errors
/// When one of them is no valid header.
pub(super) fn headers(config: &PrefectConfig) -> anyhow::Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    headers.insert("x-prefect-api-version", HeaderValue::from_static(API_VERSION));
    for (name, value) in &config.headers {
        headers.insert(HeaderName::from_bytes(name.as_bytes())?, secret(value.expose())?);
    }
    let authorization = match &config.auth {
        Auth::None => return Ok(headers),
        Auth::Basic(pair) => format!("Basic {}", STANDARD.encode(pair.expose())),
        Auth::Key(key) => format!("Bearer {}", key.expose()),
    };
    headers.insert(AUTHORIZATION, secret(&authorization)?);
    Ok(headers)
}

fn secret(value: &str) -> anyhow::Result<HeaderValue> {
    let mut value = HeaderValue::from_str(value)?;
    value.set_sensitive(true);
    Ok(value)
}
