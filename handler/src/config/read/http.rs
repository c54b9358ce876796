//! Who may ask `serve`, and how often.

use uuid::Uuid;

use super::Reader;
use crate::config::{EntraConfig, Http, Secret};

/// The public cloud.
const AUTHORITY: &str = "https://login.microsoftonline.com";
const TENANT: &str = "SYNC_HTTP_TENANT";
const AUDIENCE: &str = "SYNC_HTTP_AUDIENCE";
const ROLE: &str = "SYNC_HTTP_ROLE";
const WHO: &str = "SYNC_HTTP_AUTHORITY";

impl Reader<'_> {
    pub(super) fn http(&mut self) -> Http {
        let per_minute = self.number("SYNC_HTTP_REQUESTS_PER_MINUTE", 60);
        Http {
            token: self.text("SYNC_HTTP_TOKEN").map(Secret::new),
            entra: self.entra(),
            requests_per_minute: Some(per_minute).filter(|it| *it > 0),
        }
    }

    /// `None` when none of it is set, or something of it is wrong.
    fn entra(&mut self) -> Option<EntraConfig> {
        if [TENANT, AUDIENCE, ROLE, WHO].iter().all(|it| self.text(it).is_none()) {
            return None;
        }
        self.missing(TENANT, "the id of the tenant whose tokens open `serve`");
        self.missing(AUDIENCE, "the application id URI or client id that tokens are made for");
        let tenant = self.tenant();
        let authority = self.authority();
        let audiences = self.list(AUDIENCE);
        let role = self.text(ROLE);
        Some(EntraConfig { tenant: tenant?, audiences, role, authority: authority? })
    }

    /// Tokens name the tenant by its id only.
    fn tenant(&mut self) -> Option<String> {
        let tenant = self.text(TENANT)?.parse::<Uuid>().ok();
        if tenant.is_none() {
            self.fault(TENANT, "the tenant's id, a UUID");
        }
        tenant.map(|it| it.to_string())
    }

    /// Whoever can change its answers makes tokens: so nobody between, unless it is this machine.
    fn authority(&mut self) -> Option<String> {
        if self.text(WHO).is_none() {
            return Some(AUTHORITY.to_owned());
        }
        let url = self.url(WHO)?;
        let here = ["127.0.0.1", "localhost", "[::1]"];
        let is_here = url.host_str().is_some_and(|it| here.contains(&it));
        if url.scheme() != "https" && !is_here {
            self.fault(WHO, "an https address");
            return None;
        }
        Some(url.as_str().trim_end_matches('/').to_owned())
    }
}
