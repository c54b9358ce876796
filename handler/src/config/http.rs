//! Who may ask `serve`, and how often.

use super::Secret;

/// HTTP of `serve`.
#[derive(Debug)]
pub struct Http {
    /// `SYNC_HTTP_TOKEN`: a bearer token that opens it.
    pub token: Option<Secret>,
    /// Tokens of Entra ID that open it.
    pub entra: Option<EntraConfig>,
    /// `SYNC_HTTP_REQUESTS_PER_MINUTE` (default 60; `None` (0): as many as one likes): redeploys.
    pub requests_per_minute: Option<u32>,
}

impl Http {
    /// Whether anybody may ask.
    pub fn is_open(&self) -> bool {
        self.token.is_none() && self.entra.is_none()
    }
}

/// Whose tokens of Entra ID open `serve`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntraConfig {
    /// `SYNC_HTTP_TENANT`: the tenant's id, in lower case with hyphens.
    pub tenant: String,
    /// `SYNC_HTTP_AUDIENCE`: whom the tokens are made for; one of these will do.
    pub audiences: Vec<String>,
    /// `SYNC_HTTP_ROLE`: the app role that a caller must have; `None`: whoever the tenant gives a token.
    pub role: Option<String>,
    /// `SYNC_HTTP_AUTHORITY`: who makes them, without a slash at its end.
    pub authority: String,
}
