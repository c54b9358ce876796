//! Azure Storage by plain REST with Shared Key, as a person's tools and the Functions host use it; none of the product's code.

use anyhow::{Context as _, ensure};
use azure_core::credentials::Secret;
use azure_core::time::{OffsetDateTime, to_rfc7231};
use reqwest::{Method, Response, StatusCode};

use crate::azurite::Azurite;
use crate::process::trusting;

const VERSION: &str = "2021-12-02";

/// A storage account, by its connection string.
#[derive(Debug, Clone)]
pub struct Account {
    client: reqwest::Client,
    name: String,
    key: Secret,
    blob: String,
    queue: String,
}

/// One request.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) method: Method,
    /// Below the endpoint, with a slash in front.
    pub(crate) path: String,
    /// Sorted by name.
    pub(crate) query: &'a [(&'a str, &'a str)],
    /// Further `x-ms-` headers.
    pub(crate) headers: &'a [(&'a str, &'a str)],
    pub(crate) body: String,
}

impl Account {
    /// The account of `azurite`.
    ///
    /// # Errors
    /// When a part of its connection string is missing.
    pub fn of(azurite: &Azurite) -> anyhow::Result<Self> {
        let part = |name: &str| {
            let mut parts = azurite.connection.split(';');
            let value = parts.find_map(|it| it.strip_prefix(name)?.strip_prefix('='));
            value.map(str::to_owned).with_context(|| format!("the connection lacks {name}"))
        };
        Ok(Self {
            client: trusting(azurite.root().as_deref())?,
            name: part("AccountName")?,
            key: Secret::new(part("AccountKey")?),
            blob: azurite.blob.clone(),
            queue: azurite.queue.clone(),
        })
    }

    /// A connection string with a signature in place of the key, for Blob and Queue and all that is done there.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn shared_access(&self) -> anyhow::Result<String> {
        const FROM: &str = "2026-01-01T00:00:00Z";
        const TO: &str = "2099-01-01T00:00:00Z";
        const MAY: &str = "rwdlacuptfx";
        let text =
            format!("{}\n{MAY}\nbq\nsco\n{FROM}\n{TO}\n\nhttps,http\n{VERSION}\n\n", self.name);
        let signature = azure_core::hmac::hmac_sha256(&text, &self.key)?;
        let mut url = reqwest::Url::parse(&self.blob)?;
        url.query_pairs_mut().extend_pairs([
            ("sv", VERSION),
            ("ss", "bq"),
            ("srt", "sco"),
            ("sp", MAY),
            ("st", FROM),
            ("se", TO),
            ("spr", "https,http"),
            ("sig", &signature),
        ]);
        let query = url.query().unwrap_or_default();
        let (blob, queue) = (&self.blob, &self.queue);
        Ok(format!("BlobEndpoint={blob};QueueEndpoint={queue};SharedAccessSignature={query}"))
    }

    pub(crate) async fn queue(&self, call: Call<'_>) -> anyhow::Result<Response> {
        self.send(&self.queue, call).await
    }

    /// Ends the lease of a blob at once, as its time would; a blob without a lease is fine.
    ///
    /// # Errors
    /// When the service refuses.
    pub async fn break_lease(&self, container: &str, blob: &str) -> anyhow::Result<()> {
        let call = Call {
            method: Method::PUT,
            path: format!("/{container}/{blob}"),
            query: &[("comp", "lease")],
            headers: &[("x-ms-lease-action", "break"), ("x-ms-lease-break-period", "0")],
            body: String::new(),
        };
        let status = self.send(&self.blob, call).await?.status();
        let none = [StatusCode::NOT_FOUND, StatusCode::CONFLICT].contains(&status);
        ensure!(status.is_success() || none, "{blob}: {status}");
        Ok(())
    }

    /// Deletes a container; one that does not exist is fine.
    ///
    /// # Errors
    /// When the service refuses.
    pub async fn delete_container(&self, name: &str) -> anyhow::Result<()> {
        let call = Call {
            method: Method::DELETE,
            path: format!("/{name}"),
            query: &[("restype", "container")],
            headers: &[],
            body: String::new(),
        };
        let status = self.send(&self.blob, call).await?.status();
        ensure!(status.is_success() || status == StatusCode::NOT_FOUND, "{name}: {status}");
        Ok(())
    }

    async fn send(&self, endpoint: &str, call: Call<'_>) -> anyhow::Result<Response> {
        let date = to_rfc7231(&OffsetDateTime::now_utc());
        let mut headers = vec![("x-ms-date", date.as_str()), ("x-ms-version", VERSION)];
        headers.extend(call.headers);
        headers.sort_unstable();
        let mut url = reqwest::Url::parse(&format!("{endpoint}{}", call.path))?;
        if !call.query.is_empty() {
            url.query_pairs_mut().extend_pairs(call.query);
        }
        let text = self.text(&call, &headers, url.path());
        let signature = azure_core::hmac::hmac_sha256(&text, &self.key)?;
        let mut request = self.client.request(call.method, url);
        for (name, value) in &headers {
            request = request.header(*name, *value);
        }
        request = request.header("authorization", format!("SharedKey {}:{signature}", self.name));
        Ok(request.body(call.body).send().await?)
    }

    /// What Shared Key signs: the method, 11 standard headers (only the length is ever there), `x-ms-`, the resource.
    fn text(&self, call: &Call<'_>, headers: &[(&str, &str)], path: &str) -> String {
        let length = if call.body.is_empty() { String::new() } else { call.body.len().to_string() };
        let joined = |pairs: &[(&str, &str)]| {
            let lines: Vec<String> =
                pairs.iter().map(|(name, value)| format!("{name}:{value}")).collect();
            lines.join("\n")
        };
        let (headers, query) = (joined(headers), joined(call.query));
        let query = if query.is_empty() { query } else { format!("\n{query}") };
        let standard = format!("{}\n\n\n{length}\n\n\n\n\n\n\n\n\n", call.method);
        format!("{standard}{headers}\n/{}{path}{query}", self.name)
    }
}
