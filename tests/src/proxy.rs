//! A recording proxy in front of a real server, with faults on demand.

mod answers;
pub mod exchanges;

use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use tokio::sync::watch;

use answers::{cut, echo, with};
use exchanges::{Exchange, Kept};

/// Prefect closes an idle connection after 5 s.
const IDLE: Duration = Duration::from_secs(2);
const TIMEOUT: Duration = Duration::from_mins(2);

/// What goes wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It is not passed on, and never answered.
    HoldBefore,
    /// It is carried out, and never answered.
    HoldAfter,
    /// It is not passed on, and its connection is cut.
    CutBefore,
    /// It is carried out, and its connection is cut.
    CutAfter,
    /// It is not passed on; the answer has this status and `Retry-After: 0`.
    Answer(u16),
    /// It is not passed on; the answer has this status, and its `detail` says what was sent, credentials and all.
    Echo(u16),
    /// It is passed on so many seconds later.
    Late(u64),
}

/// Which requests go wrong, and how.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    /// How.
    pub kind: Kind,
    /// Count writes only.
    pub writes: bool,
    /// The first one, from 1.
    pub first: usize,
    /// The last one; `usize::MAX`: for ever.
    pub last: usize,
}

impl Fault {
    /// Only the `n`-th write, from 1.
    pub fn write(kind: Kind, n: usize) -> Self {
        Self { kind, writes: true, first: n, last: n }
    }

    /// Only the `n`-th request, from 1.
    pub fn request(kind: Kind, n: usize) -> Self {
        Self { kind, writes: false, first: n, last: n }
    }

    /// Every request.
    pub fn all(kind: Kind) -> Self {
        Self { kind, writes: false, first: 1, last: usize::MAX }
    }
}

/// The proxy; ends with the runtime of its test.
#[derive(Debug)]
pub struct Proxy {
    shared: Arc<Shared>,
    /// Its address with the path of what is behind: `http://127.0.0.1:PORT/api`
    pub api: String,
}

#[derive(Debug)]
struct Shared {
    origin: String,
    client: reqwest::Client,
    requests: Mutex<Vec<String>>,
    /// Those of `requests` that the server itself answered with "later": `SQLite` is locked now and then.
    declined: Mutex<Vec<String>>,
    /// The writes with their bodies, when somebody wants them.
    exchanges: Kept,
    /// With the number of requests that it has counted.
    fault: Mutex<Option<(Fault, usize)>>,
    reached: watch::Sender<bool>,
}

impl Proxy {
    /// Starts a proxy in front of `url`.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start(url: &str) -> anyhow::Result<Self> {
        let behind = reqwest::Url::parse(url)?;
        let shared = Arc::new(Shared {
            origin: behind.origin().ascii_serialization(),
            client: client()?,
            requests: Mutex::default(),
            declined: Mutex::default(),
            exchanges: Kept::default(),
            fault: Mutex::default(),
            reached: watch::Sender::new(false),
        });
        let router = Router::new().fallback(answered).with_state(Arc::clone(&shared));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let api = format!("http://{}{}", listener.local_addr()?, behind.path());
        #[expect(clippy::disallowed_methods, reason = "ends with the runtime of the test")]
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { shared, api })
    }

    /// Forgets what was seen and gives it: `METHOD /path`.
    pub fn take(&self) -> Vec<String> {
        drop(taken(&self.shared.declined));
        taken(&self.shared.requests)
    }

    /// Forgets what was seen and gives what the server carried out: every run of the same work sends at least that much.
    pub fn carried_out(&self) -> Vec<String> {
        let declined = taken(&self.shared.declined);
        let mut sent = taken(&self.shared.requests);
        for again in declined {
            if let Some(at) = sent.iter().position(|it| *it == again) {
                sent.remove(at);
            }
        }
        sent
    }

    /// Forgets what was seen and gives the writes among it that the server carried out.
    pub fn writes(&self) -> Vec<String> {
        self.carried_out().into_iter().filter(|it| is_write(it)).collect()
    }

    /// Forgets the writes that the server carried out since the last call and gives them, in their order; the first call gives
    /// none and begins the recording.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.all_exchanges().into_iter().filter(|it| is_write(&it.request)).collect()
    }

    /// The same with what was only read.
    pub fn all_exchanges(&self) -> Vec<Exchange> {
        self.shared.exchanges.take()
    }

    /// From now on `fault` happens; `None`: all goes well again.
    pub fn set(&self, fault: Option<Fault>) {
        self.shared.reached.send_replace(false);
        if let Ok(mut held) = self.shared.fault.lock() {
            *held = fault.map(|it| (it, 0));
        }
    }

    /// Waits until the fault has happened; to a request that is carried out, after that.
    pub async fn reached(&self) {
        let mut reached = self.shared.reached.subscribe();
        drop(reached.wait_for(|it| *it).await);
    }

    /// Whether the fault has happened.
    pub fn was_reached(&self) -> bool {
        *self.shared.reached.borrow()
    }
}

/// Whether `METHOD /path` may change something on the server.
pub fn is_write(request: &str) -> bool {
    let reads = ["GET ", "HEAD "].iter().any(|it| request.starts_with(it));
    !reads && !request.ends_with("/filter") && !request.ends_with("/count")
}

impl Shared {
    /// Notes the request and says what goes wrong with it.
    fn note(&self, request: String) -> Option<Kind> {
        let mut fault = self.fault.lock().ok()?;
        let kind = fault.as_mut().and_then(|(fault, count)| {
            *count += usize::from(!fault.writes || is_write(&request));
            let counts = !fault.writes || is_write(&request);
            (counts && (fault.first..=fault.last).contains(count)).then_some(fault.kind)
        });
        self.requests.lock().ok()?.push(request);
        kind
    }

    async fn forwarded(&self, request: Request) -> anyhow::Result<Response> {
        let (parts, body) = request.into_parts();
        let body = axum::body::to_bytes(body, 64 << 20).await?;
        let path = parts.uri.path_and_query().context("no path")?;
        let name = format!("{} {}", parts.method, parts.uri.path());
        let asked = body.clone();
        let mut sent = self.client.request(parts.method.clone(), format!("{}{path}", self.origin));
        // an answer that is packed could not be kept
        let left_out = ["host", "accept-encoding"];
        for (name, value) in parts.headers.iter().filter(|it| !left_out.contains(&it.0.as_str())) {
            sent = sent.header(name, value);
        }
        let answer = sent.body(body).send().await?;
        let well = answer.status().is_success();
        let mut response = Response::builder().status(answer.status());
        let length = |name: &str| name == "content-length" && parts.method != Method::HEAD;
        for (name, value) in answer
            .headers()
            .iter()
            .filter(|(name, _)| *name != "transfer-encoding" && !length(name.as_str()))
        {
            response = response.header(name, value);
        }
        let answered = answer.bytes().await?;
        if well {
            self.exchanges.add(name, &asked, &answered);
        }
        Ok(response.body(Body::from(answered))?)
    }

    async fn passed_on(&self, request: Request) -> Response {
        let name = format!("{} {}", request.method(), request.uri().path());
        let answer = self.forwarded(request).await;
        let answer = answer.unwrap_or_else(|error| {
            eprintln!("proxy: {name}: {error:#}");
            with(StatusCode::BAD_GATEWAY, error.to_string())
        });
        let later = [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE];
        if later.contains(&answer.status())
            && let Ok(mut declined) = self.declined.lock()
        {
            declined.push(name);
        }
        answer
    }
}

/// Keeps its connections as the client before it would, but never one that the server is about to close.
fn client() -> anyhow::Result<reqwest::Client> {
    drop(rustls::crypto::ring::default_provider().install_default());
    Ok(reqwest::Client::builder().no_proxy().pool_idle_timeout(IDLE).timeout(TIMEOUT).build()?)
}

async fn answered(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let fault = shared.note(format!("{} {}", request.method(), request.uri().path()));
    let answer = match fault {
        None => return shared.passed_on(request).await,
        Some(Kind::HoldBefore | Kind::CutBefore) => None,
        Some(Kind::HoldAfter | Kind::CutAfter) => Some(shared.passed_on(request).await),
        Some(Kind::Answer(status)) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
            let mut response = with(status, "{}".to_owned());
            response.headers_mut().insert("retry-after", 0.into());
            Some(response)
        }
        Some(Kind::Echo(status)) => Some(echo(status, request).await),
        Some(Kind::Late(seconds)) => {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            return shared.passed_on(request).await;
        }
    };
    shared.reached.send_replace(true);
    match (fault, answer) {
        (Some(Kind::Answer(_) | Kind::Echo(_)), Some(response)) => response,
        (Some(Kind::CutBefore | Kind::CutAfter), _) => cut(),
        _ => pending().await,
    }
}

fn taken<T>(of: &Mutex<Vec<T>>) -> Vec<T> {
    of.lock().map(|mut it| std::mem::take(&mut *it)).unwrap_or_default()
}
