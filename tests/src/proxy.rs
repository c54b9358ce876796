//! A recording proxy in front of a real Prefect server.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;

use crate::process::http;

/// The proxy; ends with the runtime of its test.
#[derive(Debug)]
pub struct Proxy {
    requests: Arc<Mutex<Vec<String>>>,
    /// `http://127.0.0.1:PORT/api`
    pub api: String,
}

#[derive(Debug, Clone)]
struct Behind {
    requests: Arc<Mutex<Vec<String>>>,
    origin: String,
    client: reqwest::Client,
}

impl Proxy {
    /// Starts a proxy in front of `api`.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start(api: &str) -> anyhow::Result<Self> {
        let requests = Arc::new(Mutex::new(Vec::new()));
        let origin = api.trim_end_matches("/api").to_owned();
        let behind = Behind { requests: Arc::clone(&requests), origin, client: http()? };
        let router = Router::new().fallback(forward).with_state(behind);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let api = format!("http://{}/api", listener.local_addr()?);
        #[expect(clippy::disallowed_methods, reason = "ends with the runtime of the test")]
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { requests, api })
    }

    /// Forgets what was seen and gives it: `METHOD /path`.
    pub fn take(&self) -> Vec<String> {
        self.requests.lock().map(|mut it| std::mem::take(&mut *it)).unwrap_or_default()
    }

    /// Forgets what was seen and gives the writes among it.
    pub fn writes(&self) -> Vec<String> {
        let read = |it: &String| {
            it.starts_with("GET ") || it.ends_with("/filter") || it.ends_with("/count")
        };
        self.take().into_iter().filter(|it| !read(it)).collect()
    }
}

async fn forward(State(behind): State<Behind>, request: Request) -> Response {
    let answer = forwarded(&behind, request).await;
    answer.unwrap_or_else(|error| {
        let mut response = Response::new(Body::from(error.to_string()));
        *response.status_mut() = axum::http::StatusCode::BAD_GATEWAY;
        response
    })
}

async fn forwarded(behind: &Behind, request: Request) -> anyhow::Result<Response> {
    let (parts, body) = request.into_parts();
    if let Ok(mut requests) = behind.requests.lock() {
        requests.push(format!("{} {}", parts.method, parts.uri.path()));
    }
    let body = axum::body::to_bytes(body, 64 << 20).await?;
    let path = parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let mut sent = behind.client.request(parts.method, format!("{}{path}", behind.origin));
    for (name, value) in
        parts.headers.iter().filter(|(name, _)| *name != "host" && *name != "content-length")
    {
        sent = sent.header(name, value);
    }
    let answer = sent.body(body).send().await?;
    let mut response = Response::builder().status(answer.status());
    for (name, value) in answer
        .headers()
        .iter()
        .filter(|(name, _)| *name != "transfer-encoding" && *name != "content-length")
    {
        response = response.header(name, value);
    }
    Ok(response.body(Body::from(answer.bytes().await?))?)
}
