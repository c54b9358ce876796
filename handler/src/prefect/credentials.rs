//! The headers that every call carries.

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};

use crate::config::{Auth, PrefectConfig, Secret};

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
        let custom = "PREFECT_CLIENT_CUSTOM_HEADERS";
        let name = HeaderName::from_bytes(name.as_bytes());
        headers.insert(name.context(custom)?, secret(value.expose()).context(custom)?);
    }
    let authorization = match &config.auth {
        Auth::None => return Ok(headers),
        Auth::Basic(pair) => format!("Basic {}", STANDARD.encode(pair.expose())),
        Auth::Key(key) => format!("Bearer {}", key.expose()),
    };
    let value = secret(&authorization);
    headers.insert(AUTHORIZATION, value.context("PREFECT_API_KEY: is there a line break in it?")?);
    Ok(headers)
}

/// The texts of `config` that a server's answer must not bring back to us: it may echo the headers of a request.
pub(super) fn secrets(config: &PrefectConfig) -> Vec<Secret> {
    let mut out: Vec<Secret> = config.headers.iter().map(|it| it.1.clone()).collect();
    match &config.auth {
        Auth::None => {}
        Auth::Key(key) => out.push(key.clone()),
        Auth::Basic(pair) => {
            out.push(Secret::new(STANDARD.encode(pair.expose())));
            out.push(pair.clone());
            out.extend(pair.expose().split_once(':').map(|it| Secret::new(it.1)));
        }
    }
    out
}

fn secret(value: &str) -> anyhow::Result<HeaderValue> {
    let mut value = HeaderValue::from_str(value)?;
    value.set_sensitive(true);
    Ok(value)
}
