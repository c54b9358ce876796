//! A queue service in front of a real one, where nothing that is sent has to wait: an hour of retries takes seconds.

use anyhow::Context as _;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;

use crate::process::http;

const DELAY: &str = "visibilitytimeout";

/// The service; ends with the runtime of its test.
#[derive(Debug)]
pub struct Hasty {
    /// Its address, with the path of what is behind.
    pub queue: String,
}

impl Hasty {
    /// Starts one in front of `queue`; what goes through it must be signed for all addresses (a shared access signature).
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start(queue: &str) -> anyhow::Result<Self> {
        let behind = reqwest::Url::parse(queue)?;
        let origin = behind.origin().ascii_serialization();
        let router = Router::new().fallback(answered).with_state((origin, http()?));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let queue = format!("http://{}{}", listener.local_addr()?, behind.path());
        #[expect(clippy::disallowed_methods, reason = "ends with the runtime of the test")]
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { queue })
    }
}

async fn answered(
    State((origin, client)): State<(String, reqwest::Client)>,
    request: Request,
) -> Response {
    passed_on(&origin, &client, request).await.unwrap_or_else(|error| {
        let mut response = Response::new(Body::from(error.to_string()));
        *response.status_mut() = StatusCode::BAD_GATEWAY;
        response
    })
}

async fn passed_on(
    origin: &str,
    client: &reqwest::Client,
    request: Request,
) -> anyhow::Result<Response> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().context("no path")?;
    let mut url = reqwest::Url::parse(&format!("{origin}{path}"))?;
    if parts.method == Method::POST {
        let kept: Vec<(String, String)> = url
            .query_pairs()
            .filter(|it| it.0 != DELAY)
            .map(|it| (it.0.into(), it.1.into()))
            .collect();
        url.query_pairs_mut().clear().extend_pairs(kept);
    }
    let body = axum::body::to_bytes(body, 1 << 20).await?;
    let mut sent = client.request(parts.method, url).body(body);
    for (name, value) in parts.headers.iter().filter(|it| it.0 != "host") {
        sent = sent.header(name, value);
    }
    let answer = sent.send().await?;
    let mut response = Response::builder().status(answer.status());
    for (name, value) in answer.headers().iter().filter(|it| it.0 != "transfer-encoding") {
        response = response.header(name, value);
    }
    Ok(response.body(Body::from(answer.bytes().await?))?)
}
