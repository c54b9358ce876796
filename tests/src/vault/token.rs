//! Tokens of Entra ID, signed with a key that is made for the run.

use std::sync::LazyLock;

use azure_core::time::OffsetDateTime;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::PrivateKey;
use rsa::pkcs1v15::{Signature, SigningKey, VerifyingKey};
use rsa::signature::{Keypair as _, SignatureEncoding as _, Signer as _, Verifier as _};
use serde_json::{Value, json};
use sha2::Sha256;

/// What a token for a vault is for.
pub const RESOURCE: &str = "https://vault.azure.net";
/// Who made it.
pub const ISSUER: &str = "https://sts.windows.net/5e29463d-71da-4fe0-8e69-999b57db23b0/";
const LIFETIME: i64 = 24 * 60 * 60;
/// How far two clocks may be apart.
const SKEW: i64 = 300;
const BITS: usize = 2048;

static KEY: LazyLock<Option<SigningKey<Sha256>>> =
    LazyLock::new(|| PrivateKey::new(&mut rand::rng(), BITS).ok().map(SigningKey::new));

/// The claims of a good token.
pub fn claims() -> Value {
    let now = OffsetDateTime::now_utc().unix_timestamp();
    json!({
        "iss": ISSUER, "aud": RESOURCE, "iat": now, "nbf": now, "exp": now + LIFETIME,
        "oid": "99999999-71da-4fe0-8e69-999b57db23b0", "sub": "99999999-71da-4fe0-8e69-999b57db23b0",
        "tid": "5e29463d-71da-4fe0-8e69-999b57db23b0",
    })
}

/// A token with `claims`, signed.
///
/// # Errors
/// When no key could be made.
pub fn signed(claims: &Value) -> anyhow::Result<String> {
    let key = KEY.as_ref().ok_or_else(|| anyhow::anyhow!("no key could be made"))?;
    let part = |it: &Value| URL_SAFE_NO_PAD.encode(it.to_string());
    let text = format!("{}.{}", part(&json!({"alg": "RS256", "typ": "JWT"})), part(claims));
    let signature = URL_SAFE_NO_PAD.encode(key.try_sign(text.as_bytes())?.to_bytes());
    Ok(format!("{text}.{signature}"))
}

/// Why `token` is not taken; `None` when it is.
pub(super) fn refusal(token: &str) -> Option<&'static str> {
    let Some(claims) = verified(token) else {
        return Some("AKV10022: Invalid token: the signature is invalid.");
    };
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let time = |name: &str| claims[name].as_i64();
    if claims["aud"] != RESOURCE {
        Some("AKV10022: Invalid audience.")
    } else if claims["iss"] != ISSUER {
        Some("AKV10032: Invalid issuer.")
    } else if time("exp").is_none_or(|it| it + SKEW < now) {
        Some("AKV10046: The token is expired.")
    } else if time("nbf").is_none_or(|it| it - SKEW > now) {
        Some("AKV10046: The token is not valid yet.")
    } else {
        None
    }
}

/// The claims of `token`, when we have signed it.
fn verified(token: &str) -> Option<Value> {
    let (text, signature) = token.rsplit_once('.')?;
    let (header, claims) = text.split_once('.')?;
    let read = |it: &str| serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(it).ok()?).ok();
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    let signature = Signature::try_from(signature.as_slice()).ok()?;
    let key: VerifyingKey<Sha256> = KEY.as_ref()?.verifying_key();
    key.verify(text.as_bytes(), &signature).ok()?;
    (read(header)?["alg"] == "RS256").then(|| read(claims)).flatten()
}
