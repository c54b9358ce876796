//! Who signs tokens, as far as Entra ID's key document shows it: the keys of one tenant, made for the run.
//!
//! Source: "Microsoft identity platform access tokens", validating tokens; the document is a JSON Web Key set, RFC 7517.

use std::process::Command;
use std::sync::{Arc, Mutex};

use anyhow::Context as _;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair, RsaPublicKeyComponents};
use serde_json::{Value, json};

use crate::prefect::THREE;
use crate::provision;

/// The tenant.
pub const TENANT: &str = "aaaabbbb-0000-1111-2222-333344445555";
/// Whom its tokens are made for.
pub const AUDIENCE: &str = "api://prefect-azure-sync";

/// Makes a key and writes it as PKCS #8.
const MAKE: &str = "\
import sys
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
sys.stdout.buffer.write(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
";

/// An RSA key with a name.
#[derive(Debug)]
pub struct Key {
    name: &'static str,
    pair: RsaKeyPair,
}

impl Key {
    /// Makes one.
    ///
    /// # Errors
    /// When the Python of Prefect does not.
    pub fn new(name: &'static str) -> anyhow::Result<Self> {
        let python = provision::prefect(THREE)?.join("bin/python");
        let output = Command::new(python).args(["-c", MAKE]).output()?;
        anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let pair = RsaKeyPair::from_pkcs8(&output.stdout).ok().context("no key was made")?;
        Ok(Self { name, pair })
    }

    /// The modulus, as bytes.
    pub fn modulus(&self) -> Vec<u8> {
        RsaPublicKeyComponents::<Vec<u8>>::from(self.pair.public()).n
    }

    fn document(&self) -> Value {
        let public = RsaPublicKeyComponents::<Vec<u8>>::from(self.pair.public());
        let part = |it: Vec<u8>| URL_SAFE_NO_PAD.encode(it);
        json!({"kty": "RSA", "use": "sig", "kid": self.name, "n": part(public.n), "e": part(public.e)})
    }

    /// A token with these claims.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn token(&self, claims: &Value) -> anyhow::Result<String> {
        self.token_of(&json!({"typ": "JWT", "alg": "RS256", "kid": self.name}), claims)
    }

    /// The same with a header of one's own, whatever that says; the signature is RS256.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn token_of(&self, header: &Value, claims: &Value) -> anyhow::Result<String> {
        let mut signature = vec![0; self.pair.public().modulus_len()];
        let text = unsigned(header, claims);
        let signed = self.pair.sign(
            &RSA_PKCS1_SHA256,
            &SystemRandom::new(),
            text.as_bytes(),
            &mut signature,
        );
        signed.ok().context("it cannot be signed")?;
        Ok(format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

/// What of a token is signed.
pub fn unsigned(header: &Value, claims: &Value) -> String {
    let part = |it: &Value| URL_SAFE_NO_PAD.encode(it.to_string());
    format!("{}.{}", part(header), part(claims))
}

/// The authority; ends with the runtime of its test.
#[derive(Debug)]
pub struct Authority {
    /// `SYNC_HTTP_AUTHORITY`
    pub url: String,
    keys: Arc<Mutex<Option<Value>>>,
}

impl Authority {
    /// Starts one with these keys.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start(keys: &[&Key]) -> anyhow::Result<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let shared: Arc<Mutex<Option<Value>>> = Arc::default();
        let path = format!("/{TENANT}/discovery/v2.0/keys");
        let router = Router::new().route(&path, get(document)).with_state(Arc::clone(&shared));
        #[expect(clippy::disallowed_methods, reason = "ends with the runtime of the test")]
        tokio::spawn(async move { axum::serve(listener, router).await });
        let this = Self { url, keys: shared };
        this.has(Some(keys));
        Ok(this)
    }

    /// From now on these are its keys; `None`: it is down.
    pub fn has(&self, keys: Option<&[&Key]>) {
        let document = |keys: &[&Key]| json!({"keys": keys.iter().map(|it| it.document()).collect::<Vec<_>>()});
        if let Ok(mut held) = self.keys.lock() {
            *held = keys.map(document);
        }
    }

    /// The claims of a good token of version 2, valid from `now`, seconds since 1970, for an hour.
    pub fn claims(&self, now: i64) -> Value {
        json!({
            "aud": AUDIENCE, "iss": format!("{}/{TENANT}/v2.0", self.url), "tid": TENANT,
            "iat": now, "nbf": now, "exp": now + 3600, "ver": "2.0", "sub": "canary-subject",
        })
    }
}

async fn document(
    State(keys): State<Arc<Mutex<Option<Value>>>>,
) -> Result<Json<Value>, StatusCode> {
    let keys = keys.lock().ok().and_then(|it| it.clone());
    keys.map(Json).ok_or(StatusCode::SERVICE_UNAVAILABLE)
}
