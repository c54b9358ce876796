//! Tokens of Entra ID: whether one lets its bearer in.
//!
//! The keys are those of another service than Prefect or Azure Storage, so this is a client of its own; it knows nothing of HTTP
//! of ours. What a token has to say is judged by `jsonwebtoken`, what is ours (tenant and role) here.

mod keys;
mod rs256;

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, Validation, decode, decode_header};
use serde::Deserialize;

use crate::config::EntraConfig;
use keys::{Keys, KeysError};

/// Seconds that the clocks of Entra and of this machine may differ.
const LEEWAY: u64 = 60;

/// Judges the tokens of one tenant.
#[derive(Debug)]
pub struct Entra {
    wanted: EntraConfig,
    validation: Validation,
    keys: Keys,
}

/// What becomes of the bearer of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judged {
    /// May ask.
    Welcome,
    /// The token proves nothing; why, without a word of it.
    Refused(&'static str),
    /// The token is good, and its bearer lacks the role.
    Lacking,
    /// The keys cannot be had: nobody knows.
    Unavailable,
}

/// What is ours to look at.
#[derive(Debug, Deserialize)]
struct Claims {
    tid: String,
    #[serde(default)]
    roles: Vec<String>,
}

impl Entra {
    /// A judge by `wanted`; `ca_file` has further root certificates. Nothing is sent yet.
    ///
    /// # Errors
    /// When the certificates cannot be read.
    pub fn new(wanted: EntraConfig, ca_file: Option<&std::path::Path>) -> anyhow::Result<Self> {
        rs256::install();
        let keys = Keys::new(&wanted, ca_file)?;
        let mut validation = Validation::new(Algorithm::RS256);
        validation.leeway = LEEWAY;
        validation.validate_nbf = true;
        validation.set_audience(&wanted.audiences);
        validation.set_issuer(&issuers(&wanted));
        validation.set_required_spec_claims(&["exp", "iss", "aud"]);
        Ok(Self { wanted, validation, keys })
    }

    /// Judges `token`, the text after `Bearer`.
    pub async fn judge(&self, token: &str) -> Judged {
        let header = match decode_header(token) {
            Ok(header) if header.alg == Algorithm::RS256 => header,
            _ => return Judged::Refused("it is no token of Entra ID"),
        };
        let Some(kid) = header.kid else { return Judged::Refused("it names no key") };
        let key = match self.keys.named(&kid).await {
            Ok(Some(key)) => key,
            Ok(None) => return Judged::Refused("the tenant has no such key"),
            Err(KeysError::Unavailable) => return Judged::Unavailable,
        };
        match decode::<Claims>(token, &key, &self.validation) {
            Ok(token) => self.of(&token.claims),
            Err(error) => Judged::Refused(reason(error.kind())),
        }
    }

    fn of(&self, claims: &Claims) -> Judged {
        if !claims.tid.eq_ignore_ascii_case(&self.wanted.tenant) {
            return Judged::Refused("it is of another tenant");
        }
        match &self.wanted.role {
            Some(role) if !claims.roles.contains(role) => Judged::Lacking,
            _ => Judged::Welcome,
        }
    }
}

/// Those of tokens of version 1 and 2; which one a caller gets is up to the registration of the application. Source: "Access
/// token claims reference", `iss`.
fn issuers(wanted: &EntraConfig) -> [String; 2] {
    let EntraConfig { tenant, authority, .. } = wanted;
    [format!("https://sts.windows.net/{tenant}/"), format!("{authority}/{tenant}/v2.0")]
}

/// Why a token is refused: never its own words.
fn reason(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::InvalidSignature => "its signature is not that of the tenant",
        ErrorKind::ExpiredSignature => "it has expired",
        ErrorKind::ImmatureSignature => "it is not valid yet",
        ErrorKind::InvalidAudience => "it is made for another audience",
        ErrorKind::InvalidIssuer => "it is made by somebody else",
        ErrorKind::MissingRequiredClaim(_) => "it lacks what a token of Entra ID has",
        _ => "it cannot be read",
    }
}
