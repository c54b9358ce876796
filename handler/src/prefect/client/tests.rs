//! What a client makes of answers.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::*;
use crate::config::Config;

/// Answers one request as a gateway does that shows what it was sent.
async fn echo(listener: tokio::net::TcpListener) {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut request = vec![0; 4096];
    let length = stream.read(&mut request).await.unwrap();
    let request = String::from_utf8_lossy(&request[..length]);
    let body = serde_json::json!({"detail": request}).to_string();
    let head = format!("HTTP/1.1 500 Oops\r\nContent-Length: {}\r\n\r\n", body.len());
    stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
}

#[tokio::test]
async fn an_answer_that_echoes_our_credentials_does_not_tell_them() {
    drop(rustls::crypto::ring::default_provider().install_default());
    for credential in ["PREFECT_API_KEY", "PREFECT_API_AUTH_STRING"] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/api", listener.local_addr().unwrap());
        let lookup = |name: &str| match name {
            "PREFECT_API_URL" => Some(url.clone()),
            "PREFECT_CLIENT_CUSTOM_HEADERS" => Some(r#"{"x-own": "canary-own"}"#.to_owned()),
            name => (name == credential).then(|| "me:canary-word".to_owned()),
        };
        let client = Client::new(&Config::from_env(lookup).unwrap().prefect, None).unwrap();
        let (error, ()) = tokio::join!(client.dialect(), echo(listener));
        let text = error.unwrap_err().to_string();
        assert!(text.contains("***") && text.contains("authorization"), "{text}");
        for secret in ["canary", "bWU6Y2FuYXJ5LXdvcmQ="] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}
