//! Who may ask `serve`, how often, and how many at once.

use std::collections::BTreeSet;

use futures::future::join_all;
use serde_json::{Value, json};
use world::authority::{AUDIENCE, Authority, Key, TENANT};
use world::process::http;

use super::Folder;
use crate::servers::three;

/// An answer: status, challenge, when to ask again, body.
struct Answer {
    status: u16,
    challenge: String,
    again: Option<u64>,
    body: Value,
}

impl Folder {
    async fn asked(&self, body: Value, token: Option<&str>) -> Answer {
        let url = format!("http://127.0.0.1:{}/api/redeploy", self.port);
        let request = http().unwrap().post(url).timeout(super::LIMIT).json(&body);
        answer(request, token).await
    }

    async fn status(&self, query: &str, token: Option<&str>) -> Answer {
        let url = format!("http://127.0.0.1:{}/api/status{query}", self.port);
        answer(http().unwrap().get(url), token).await
    }
}

async fn answer(request: reqwest::RequestBuilder, token: Option<&str>) -> Answer {
    let request = match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    };
    let answer = request.send().await.unwrap();
    let header = |name: &str| answer.headers().get(name).map(|it| it.to_str().unwrap().to_owned());
    let (challenge, again) = (header("www-authenticate"), header("retry-after"));
    Answer {
        status: answer.status().as_u16(),
        challenge: challenge.unwrap_or_default(),
        again: again.map(|it| it.parse().unwrap()),
        body: answer.json().await.unwrap(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn our_token_or_one_of_entra_opens_it_and_no_token_is_in_the_log() {
    let (key, other) = (Key::new("first").unwrap(), Key::new("second").unwrap());
    let authority = Authority::start(&[&key]).await.unwrap();
    let mut folder = Folder::new("opened");
    for (name, value) in [
        ("SYNC_HTTP_TOKEN", "canary-static-token"),
        ("SYNC_HTTP_TENANT", TENANT),
        ("SYNC_HTTP_AUDIENCE", AUDIENCE),
        ("SYNC_HTTP_ROLE", "Deploy"),
        ("SYNC_HTTP_AUTHORITY", &authority.url),
    ] {
        folder.more.push((name.to_owned(), value.to_owned()));
    }
    let _running = folder.start(&three().await.api).await;
    let mut claims = authority.claims(jiff::Timestamp::now().as_second());
    let lacking = key.token(&claims).unwrap();
    claims["roles"] = json!(["Deploy"]);
    let (good, forged) = (key.token(&claims).unwrap(), other.token(&claims).unwrap());
    for token in ["canary-static-token", &good] {
        assert_eq!(folder.status("", Some(token)).await.status, 200);
        let gone = folder.asked(json!({"bundle": "gone"}), Some(token)).await;
        assert_eq!(gone.status, 404, "{}", gone.body);
    }
    let none = folder.status("", None).await;
    assert_eq!((none.status, none.challenge.as_str()), (401, "Bearer"));
    for token in ["canary-static-tokem", &forged] {
        let refused = folder.asked(json!({"bundle": "gone"}), Some(token)).await;
        let want = (401, "Bearer error=\"invalid_token\"");
        assert_eq!((refused.status, refused.challenge.as_str()), want, "{}", refused.body);
    }
    let refused = folder.status("", Some(&lacking)).await;
    let want = (403, "Bearer error=\"insufficient_scope\"");
    assert_eq!((refused.status, refused.challenge.as_str()), want, "{}", refused.body);
    let log = folder.log();
    assert!(log.contains("a request is refused"), "{log}");
    let signature = |token: &str| token.rsplit('.').next().unwrap().to_owned();
    let claims = good.split('.').nth(1).unwrap().to_owned();
    for secret in ["canary", &claims, &signature(&good), &signature(&forged)] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_keys_cannot_be_had_a_token_of_entra_is_503_and_ours_opens_it() {
    let key = Key::new("first").unwrap();
    let authority = Authority::start(&[&key]).await.unwrap();
    authority.has(None);
    let mut folder = Folder::new("keyless");
    for (name, value) in [
        ("SYNC_HTTP_TOKEN", "canary-static-token"),
        ("SYNC_HTTP_TENANT", TENANT),
        ("SYNC_HTTP_AUDIENCE", AUDIENCE),
        ("SYNC_HTTP_AUTHORITY", &authority.url),
    ] {
        folder.more.push((name.to_owned(), value.to_owned()));
    }
    let _running = folder.start(&three().await.api).await;
    let token = key.token(&authority.claims(jiff::Timestamp::now().as_second())).unwrap();
    let down = folder.status("", Some(&token)).await;
    assert_eq!((down.status, down.again), (503, Some(61)), "{}", down.body);
    assert_eq!(folder.status("", Some("canary-static-token")).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_guesses_or_asks_too_often_is_told_to_wait() {
    let mut folder = Folder::new("often");
    let settings = [("SYNC_HTTP_TOKEN", "canary"), ("SYNC_HTTP_REQUESTS_PER_MINUTE", "3")];
    folder.more.extend(settings.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let _running = folder.start(&three().await.api).await;
    let redeploy = async || folder.asked(json!({"bundle": "gone"}), Some("canary")).await;
    for _ in 0..3 {
        assert_eq!(redeploy().await.status, 404);
    }
    let often = redeploy().await;
    assert_eq!(often.status, 429, "{}", often.body);
    assert!(often.again.is_some_and(|it| (1..=21).contains(&it)), "{:?}", often.again);
    assert_eq!(folder.status("", Some("canary")).await.status, 200, "reading is free");
    let mut statuses = BTreeSet::new();
    for guess in 0..12 {
        statuses.insert(folder.status("", Some(&format!("guess-{guess}"))).await.status);
    }
    assert_eq!(statuses, BTreeSet::from([401, 429]));
    let right = folder.status("", Some("canary")).await;
    assert_eq!(right.status, 429, "no guess is looked at any more, the right one neither");
    assert!(right.again.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_redeploy_asked_for_many_times_at_once_is_one_and_another_is_another() {
    let folder = Folder::new("one-flight");
    folder.put("flown");
    let _running = folder.start(&three().await.api).await;
    folder.says("flown: applied").await;
    let asked =
        join_all((0..20).map(|_| folder.asked(json!({"bundle": "flown", "wait": true}), None)));
    let other =
        folder.asked(json!({"bundle": "flown", "deployments": ["flown"], "wait": true}), None);
    let named = folder.asked(json!({"bundle": "flown", "request": "ci-7", "wait": true}), None);
    let (asked, other, named) = tokio::join!(asked, other, named);
    let requests: BTreeSet<String> =
        asked.iter().map(|it| it.body["request"].to_string()).collect();
    for it in &asked {
        let well = it.status == 200 && it.body["outcome"] == "unchanged";
        assert!(well, "{} {}", it.status, it.body);
    }
    // one that is being worked on, and one that waits
    assert!(requests.len() <= 2, "{requests:?}");
    assert_eq!((other.status, named.status), (200, 200));
    assert!(!requests.contains(&other.body["request"].to_string()));
    assert_eq!(named.body["request"], "ci-7");
    let done = std::fs::read_dir(folder.dir.path().join("receipts/flown/.requests")).unwrap();
    assert_eq!(done.count(), requests.len() + 2, "one receipt for each");
    // what is done does not hold up what is asked for later
    let later = folder.asked(json!({"bundle": "flown", "wait": true}), None).await;
    assert!(!requests.contains(&later.body["request"].to_string()));
}

#[tokio::test(flavor = "multi_thread")]
async fn many_that_wait_keep_nobody_from_the_status() {
    let folder = Folder::new("waiting");
    folder.put("waited");
    // takes connections and never answers: no redeploy ends
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let api = format!("http://{}/api", silent.local_addr().unwrap());
    let _running = folder.start(&api).await;
    let first = folder.asked(json!({"bundle": "waited"}), None).await;
    assert_eq!(first.status, 202, "{}", first.body);
    let waiting =
        join_all((0..20).map(|_| folder.asked(json!({"bundle": "waited", "wait": true}), None)));
    let asked = async {
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        for _ in 0..20 {
            let status = folder.status("?bundle=waited", None).await;
            assert!(matches!(status.status, 200 | 404), "{}", status.body);
        }
        assert_eq!(folder.asked(json!({"bundle": "waited"}), None).await.status, 202);
    };
    tokio::select! {
        () = asked => {}
        _ = waiting => panic!("nobody waited"),
    }
}
