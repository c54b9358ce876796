//! Signs requests with the account's key: the official crates have identities and SAS only.

use std::fmt::Write as _;
use std::sync::Arc;

use async_trait::async_trait;
use azure_core::credentials::Secret;
use azure_core::http::policies::{Policy, PolicyResult};
use azure_core::http::{Context, Request};
use azure_core::time::{OffsetDateTime, to_rfc7231};

/// The Shared Key scheme for blobs and queues; runs per try, as each try needs a fresh date.
#[derive(Debug, Clone)]
pub(super) struct SharedKey {
    pub(super) account: String,
    pub(super) key: Secret,
}

#[expect(elided_lifetimes_in_paths, reason = "as the trait has it")]
#[async_trait]
impl Policy for SharedKey {
    async fn send(
        &self,
        context: &Context,
        request: &mut Request,
        next: &[Arc<dyn Policy>],
    ) -> PolicyResult {
        request.insert_header("x-ms-date", to_rfc7231(&OffsetDateTime::now_utc()));
        let signature = azure_core::hmac::hmac_sha256(&self.text(request), &self.key)?;
        request.insert_header("authorization", format!("SharedKey {}:{signature}", self.account));
        match next.split_first() {
            Some((first, rest)) => first.send(context, request, rest).await,
            None => Err(azure_core::Error::with_message(
                azure_core::error::ErrorKind::Other,
                "there is no transport behind the signing policy",
            )),
        }
    }
}

impl SharedKey {
    /// The text that is signed. `Date` stays empty, as `x-ms-date` is there; a body of no bytes has an empty length.
    fn text(&self, request: &Request) -> String {
        let mut headers: Vec<(String, String)> = request
            .headers()
            .iter()
            .map(|(name, value)| {
                (name.as_str().to_ascii_lowercase(), value.as_str().trim().to_owned())
            })
            .collect();
        headers.sort();
        let get =
            |name: &str| headers.iter().find(|it| it.0 == name).map_or("", |it| it.1.as_str());
        let length =
            request.body().len().filter(|it| *it > 0).map_or_else(String::new, |it| it.to_string());
        let mut out = format!(
            "{}\n{}\n{}\n{length}\n{}\n{}\n\n",
            request.method(),
            get("content-encoding"),
            get("content-language"),
            get("content-md5"),
            get("content-type"),
        );
        for name in
            ["if-modified-since", "if-match", "if-none-match", "if-unmodified-since", "range"]
        {
            out.push_str(get(name));
            out.push('\n');
        }
        for (name, value) in headers.iter().filter(|it| it.0.starts_with("x-ms-")) {
            let _infallible = writeln!(out, "{name}:{value}");
        }
        let _infallible = write!(out, "/{}{}", self.account, request.url().path());
        out.push_str(&query(request.url()));
        out
    }
}

/// The parameters, sorted; values of one name on one line.
fn query(url: &url::Url) -> String {
    let mut pairs: Vec<(String, String)> =
        url.query_pairs().map(|(name, value)| (name.to_lowercase(), value.into_owned())).collect();
    pairs.sort();
    let mut out = String::new();
    let mut last = None;
    for (name, value) in &pairs {
        if last == Some(name) {
            let _infallible = write!(out, ",{value}");
        } else {
            let _infallible = write!(out, "\n{name}:{value}");
        }
        last = Some(name);
    }
    out
}
