//! Answers of the router, without a host.

use std::sync::Arc;

use serde_json::{Value, json};

use super::*;
use crate::config::Config;

async fn serve(app: Result<App, String>) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = router(Arc::new(app));
    #[expect(clippy::disallowed_methods, reason = "ends with the test's runtime")]
    tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    format!("http://{address}")
}

fn app(dir: &std::path::Path) -> App {
    drop(rustls::crypto::ring::default_provider().install_default());
    let config =
        Config::from_env(|it| (it == "PREFECT_API_URL").then(|| "http://127.0.0.1:9/api".into()));
    App::open(config.unwrap(), Some(dir)).unwrap()
}

async fn post(url: &str, body: &Value) -> (u16, Value) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client.post(url).json(body).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn an_event_becomes_a_job_in_an_array_of_strings() {
    let dir = tempfile::tempdir().unwrap();
    let url = serve(Ok(app(dir.path()))).await;
    let event = json!({"id": "e", "eventType": "Microsoft.Storage.BlobCreated",
        "subject": "/blobServices/default/containers/bundles/blobs/a.zip", "data": {"api": "PutBlob"}});
    let (status, answer) =
        post(&format!("{url}/StorageEvents"), &json!({"Data": {"event": event}, "Metadata": {}}))
            .await;
    assert_eq!(status, 200);
    let job: Value = serde_json::from_str(answer["Outputs"]["jobs"][0].as_str().unwrap()).unwrap();
    assert_eq!(
        (&job["scope"], &job["id"], &job["cause"]),
        (&json!("bundle"), &json!("a"), &json!("upload"))
    );
}

#[tokio::test]
async fn malformed_invocations_are_answered_so_that_they_are_not_tried_again() {
    let dir = tempfile::tempdir().unwrap();
    let url = serve(Ok(app(dir.path()))).await;
    for function in ["StorageEvents", "SyncJob"] {
        let (status, answer) =
            post(&format!("{url}/{function}"), &json!({"Data": {}, "Metadata": {}})).await;
        assert_eq!(status, 200, "{function}");
        assert!(answer.is_object());
    }
}

#[tokio::test]
async fn a_redeploy_without_a_body_is_400_inside_a_200() {
    let dir = tempfile::tempdir().unwrap();
    let url = serve(Ok(app(dir.path()))).await;
    let (status, answer) =
        post(&format!("{url}/Redeploy"), &json!({"Data": {"req": {}}, "Metadata": {}})).await;
    assert_eq!((status, &answer["Outputs"]["res"]["statusCode"]), (200, &json!("400")));
}

#[tokio::test]
async fn with_faulty_settings_the_probe_is_answered_and_invocations_fail() {
    let url = serve(Err("PREFECT_API_URL must be …".into())).await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    assert_eq!(client.get(&url).send().await.unwrap().status(), 200);
    let (status, _) = post(&format!("{url}/SyncJob"), &json!({"Data": {}, "Metadata": {}})).await;
    assert_eq!(status, 500);
}

#[tokio::test]
async fn a_cloud_event_becomes_the_same_job() {
    let dir = tempfile::tempdir().unwrap();
    let url = serve(Ok(app(dir.path()))).await;
    let event = json!({"id": "e", "specversion": "1.0", "source": "s", "type": "Microsoft.Storage.BlobCreated",
        "subject": "/blobServices/default/containers/bundles/blobs/a.zip", "data": {"api": "FlushWithClose"}});
    let (_, answer) =
        post(&format!("{url}/StorageEvents"), &json!({"Data": {"event": event}, "Metadata": {}}))
            .await;
    let job: Value = serde_json::from_str(answer["Outputs"]["jobs"][0].as_str().unwrap()).unwrap();
    assert_eq!((&job["id"], &job["cause"]), (&json!("a"), &json!("upload")));
}

#[tokio::test]
async fn events_of_a_batch_become_a_job_each_and_one_bad_one_stops_none() {
    let dir = tempfile::tempdir().unwrap();
    let url = serve(Ok(app(dir.path()))).await;
    let event = |blob: &str| {
        json!({"id": "e", "eventType": "Microsoft.Storage.BlobCreated", "data": {"api": "PutBlob"},
            "subject": format!("/blobServices/default/containers/bundles/blobs/{blob}")})
    };
    let events = json!([event("a.zip"), {"id": "broken"}, event("b.zip"), event("notes.txt")]);
    // the host gives a batch as text
    let body = json!({"Data": {"event": events.to_string()}, "Metadata": {}});
    let (status, answer) = post(&format!("{url}/StorageEvents"), &body).await;
    assert_eq!((status, answer["Outputs"]["jobs"].as_array().unwrap().len()), (200, 2));
}

#[tokio::test]
async fn a_redeploy_of_no_bundle_names_the_near_miss_and_one_of_two_archives_both() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("bundles")).unwrap();
    for name in ["sales-etl.zip", "twice.zip", "twice.tgz"] {
        std::fs::write(dir.path().join("bundles").join(name), "").unwrap();
    }
    let url = serve(Ok(app(dir.path()))).await;
    let wanted = [
        ("sales-elt", "404", "there is no bundle `sales-elt`; did you mean `sales-etl`?"),
        ("twice", "409", "twice.tgz and twice.zip are one bundle; delete all but one"),
    ];
    for (bundle, status, error) in wanted {
        let request = json!({"Body": json!({"bundle": bundle}).to_string()});
        let body = json!({"Data": {"req": request}, "Metadata": {}});
        let (_, answer) = post(&format!("{url}/Redeploy"), &body).await;
        let answer = &answer["Outputs"]["res"];
        let said: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
        assert_eq!((&answer["statusCode"], &said["error"]), (&json!(status), &json!(error)));
    }
}

/// A Prefect 3.9 that has nothing; each time that its version is asked for, `asked` is called.
async fn empty_prefect(asked: impl Fn() + Clone + Send + Sync + 'static) -> String {
    let version = move || {
        asked();
        async { axum::Json("3.9.1") }
    };
    let router = Router::new()
        .route("/api/admin/version", get(version))
        .fallback(|| async { axum::Json(json!([])) });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/api", listener.local_addr().unwrap());
    #[expect(clippy::disallowed_methods, reason = "ends with the test's runtime")]
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    url
}

/// An app of `prefect` on the folder `dir`, with the bundle `a` that declares nothing.
async fn with_bundle(dir: &std::path::Path, prefect: String) -> App {
    drop(rustls::crypto::ring::default_provider().install_default());
    let config = Config::from_env(|it| (it == "PREFECT_API_URL").then(|| prefect.clone()));
    let app = App::open(config.unwrap(), Some(dir)).unwrap();
    app.stores.ensure().await.unwrap();
    std::fs::create_dir(dir.join("receipts/a")).unwrap();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("prefect.yaml", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut zip, b"deployments: []\n").unwrap();
    std::fs::write(dir.join("bundles/a.zip"), zip.finish().unwrap().into_inner()).unwrap();
    app
}

/// What the log and the receipt say after a job for the bundle `a` with `options`.
async fn worked(dir: &std::path::Path, app: App, options: Value) -> (String, Value) {
    let job = json!({"v": 1, "scope": "bundle", "id": "a", "cause": "redeploy", "request": "r",
        "options": options});
    let url = serve(Ok(app)).await;
    let (status, answer) =
        post(&format!("{url}/SyncJob"), &json!({"Data": {"job": job}, "Metadata": {}})).await;
    assert_eq!(status, 200, "{answer}");
    let receipt = std::fs::read(dir.join("receipts/a/receipts/latest.json")).unwrap();
    let receipt = serde_json::from_slice(&receipt).unwrap();
    (answer["Logs"][0].as_str().unwrap().to_owned(), receipt)
}

#[tokio::test]
async fn whoever_comes_meanwhile_is_served_whole_and_not_by_what_the_holder_was_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let note = dir.path().join("receipts/a/pending");
    let noted = Arc::new(std::sync::Once::new());
    let note = move || noted.call_once(|| std::fs::write(&note, "").unwrap());
    let app = with_bundle(dir.path(), empty_prefect(note).await).await;
    let (log, receipt) = worked(dir.path(), app, json!({"deployments": ["no/such"]})).await;
    assert!(log.contains("no/such"), "{log}");
    assert_eq!(receipt["outcome"], "unchanged");
}

#[tokio::test]
async fn a_state_that_cannot_be_read_is_told_to_a_person() {
    let dir = tempfile::tempdir().unwrap();
    let app = with_bundle(dir.path(), empty_prefect(|| {}).await).await;
    std::fs::write(dir.path().join("receipts/a/state.json"), "{").unwrap();
    let (log, receipt) = worked(dir.path(), app, json!({})).await;
    assert!(log.contains("state.json") && log.contains("restore it, or delete it"), "{log}");
    assert_eq!(receipt["outcome"], "failed");
}
