use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::time::{advance, pause, resume};

use super::*;

/// A service that answers with what it is told to, and counts.
#[derive(Clone, Default)]
struct Service(Arc<(std::sync::Mutex<String>, AtomicUsize)>);

impl Service {
    async fn start() -> (Self, Keys) {
        drop(rustls::crypto::ring::default_provider().install_default());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let authority = format!("http://{}", listener.local_addr().unwrap());
        let this = Self::default();
        let service = this.clone();
        #[expect(clippy::disallowed_methods, reason = "ends with the runtime of the test")]
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut request = [0; 4096];
                let count = stream.read(&mut request).await.unwrap();
                let request = String::from_utf8_lossy(&request[..count]).into_owned();
                assert!(request.starts_with("GET /tenant/discovery/v2.0/keys "), "{request}");
                service.0.1.fetch_add(1, Ordering::SeqCst);
                let answer = service.0.0.lock().unwrap().clone();
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        let wanted = EntraConfig {
            tenant: "tenant".to_owned(),
            audiences: Vec::new(),
            role: None,
            authority,
        };
        (this, Keys::new(&wanted, None).unwrap())
    }

    fn answers(&self, status: &str, body: &str) {
        let length = body.len();
        *self.0.0.lock().unwrap() = format!(
            "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        );
    }

    fn has(&self, ids: &[&str]) {
        let one =
            |id: &&str| json!({"kty": "RSA", "use": "sig", "kid": id, "n": "AQAB", "e": "AQAB"});
        let keys: Vec<_> = ids.iter().map(one).collect();
        self.answers("200 OK", &json!({"keys": keys}).to_string());
    }

    /// How often it was asked since the last call.
    fn asked(&self) -> usize {
        self.0.1.swap(0, Ordering::SeqCst)
    }
}

async fn later(time: Duration) {
    pause();
    advance(time).await;
    resume();
}

async fn is_known(keys: &Keys, kid: &str) -> Result<bool, KeysError> {
    keys.named(kid).await.map(|it| it.is_some())
}

#[tokio::test]
async fn keys_are_read_once_a_day_and_anew_for_one_that_is_not_known() {
    let (service, keys) = Service::start().await;
    service.has(&["old"]);
    for _ in 0..5 {
        assert_eq!(is_known(&keys, "old").await, Ok(true));
    }
    assert_eq!(service.asked(), 1);
    // a stranger's tokens name whatever they like
    for kid in ["a", "b", "c"] {
        assert_eq!(is_known(&keys, kid).await, Ok(false));
    }
    assert_eq!(service.asked(), 0, "at most once a minute");
    service.has(&["new"]);
    later(EVERY).await;
    assert_eq!(is_known(&keys, "new").await, Ok(true));
    assert_eq!(is_known(&keys, "old").await, Ok(false), "it was taken back");
    assert_eq!(service.asked(), 1);
    later(KEPT).await;
    assert_eq!(is_known(&keys, "new").await, Ok(true));
    assert_eq!(service.asked(), 1);
}

#[tokio::test]
async fn while_the_service_is_down_known_keys_count_for_their_day_and_no_other_is_judged() {
    let (service, keys) = Service::start().await;
    for (status, body) in [
        ("503 Service Unavailable", ""),
        ("302 Found", ""),
        ("200 OK", "no keys"),
        ("200 OK", r#"{"keys":[]}"#),
        ("200 OK", r#"{"keys":[{"kty":"EC","kid":"known","n":"AQAB","e":"AQAB"}]}"#),
    ] {
        service.answers(status, body);
        assert_eq!(is_known(&keys, "known").await, Err(KeysError::Unavailable), "{body}");
        assert_eq!(is_known(&keys, "known").await, Err(KeysError::Unavailable), "{body}");
        assert_eq!(service.asked(), 1, "a minute's rest: {body}");
        later(EVERY).await;
    }
    service.has(&["known"]);
    assert_eq!(is_known(&keys, "known").await, Ok(true));
    service.answers("503 Service Unavailable", "");
    later(EVERY).await;
    assert_eq!(is_known(&keys, "other").await, Err(KeysError::Unavailable));
    assert_eq!(is_known(&keys, "known").await, Ok(true));
    later(KEPT).await;
    assert_eq!(is_known(&keys, "known").await, Err(KeysError::Unavailable), "its day is over");
}

#[tokio::test]
async fn many_at_once_make_one_request() {
    let (service, keys) = Service::start().await;
    service.has(&["known"]);
    let all = futures::future::join_all((0..50).map(|_| is_known(&keys, "known"))).await;
    assert!(all.iter().all(|it| *it == Ok(true)));
    assert_eq!(service.asked(), 1);
}
