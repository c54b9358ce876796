//! Events of a storage account -> the bundle to look at.
//!
//! Source: the blob storage event schema of Event Grid. `eTag` may be quoted, and a URL may have the `dfs` host of an account with
//! a hierarchical namespace.

use serde_json::Value;

use super::{Malformed, Outcome, Places, member, text};
use crate::job::{Cause, Job, Scope};
use crate::names::BundleId;

/// What the event `value` is about, which is of that kind and has that id.
pub(super) fn read(
    value: &Value,
    (kind, id): (&str, &str),
    places: &Places,
) -> Result<Outcome, Malformed> {
    let cause = match kind {
        "BlobCreated" => Cause::Upload,
        "BlobDeleted" => Cause::Delete,
        _ => return Ok(Outcome::Ignored("another type of event")),
    };
    let subject = text(value, "subject").ok_or(Malformed("it has no subject"))?;
    let data = member(value, "data").ok_or(Malformed("it has no data"))?;
    if let Some(account) = &places.account
        && text(value, "topic")
            .or_else(|| text(value, "source"))
            .is_some_and(|it| account_of(it) != Some(account))
    {
        return Ok(Outcome::Ignored("another storage account"));
    }
    Ok(outcome(subject, data, cause, id, places))
}

fn outcome(subject: &str, data: &Value, cause: Cause, id: &str, places: &Places) -> Outcome {
    let place = subject
        .strip_prefix("/blobServices/default/containers/")
        .and_then(|it| it.split_once("/blobs/"));
    let Some((container, name)) = place else { return Outcome::Ignored("not about a blob") };
    if container != places.container {
        return Outcome::Ignored("another container");
    }
    // with a hierarchical namespace this comes before the data; FlushWithClose follows
    if text(data, "api") == Some("CreateFile") {
        return Outcome::Ignored("a file that has no content yet");
    }
    match BundleId::of_blob(&decoded(name)) {
        Some(Ok((bundle, _))) => {
            let etag = text(data, "eTag").map(|it| it.trim_matches('"').to_owned());
            Outcome::Job(Job { etag, ..Job::new(Scope::Bundle(bundle), cause, id) })
        }
        Some(Err(_)) => Outcome::Ignored("its name is no bundle id"),
        None => Outcome::Ignored("not an archive"),
    }
}

fn account_of(topic: &str) -> Option<&str> {
    topic.rsplit_once("/storageAccounts/").map(|(_, it)| it)
}

/// `%20` and its kind; anything else stays.
fn decoded(name: &str) -> String {
    let mut out = Vec::with_capacity(name.len());
    let mut rest = name.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digit = |it: Option<u8>| it.and_then(|it| char::from(it).to_digit(16));
        match (byte, digit(ahead.next()), digit(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                rest = ahead;
            }
            _ => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::read;
    use super::*;

    const TOPIC: &str =
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/acct";

    fn check(event: Value) -> String {
        let places =
            Places { account: Some("acct".into()), container: "bundles".into(), vault: None };
        match read(&event, &places) {
            Ok(Outcome::Job(job)) => serde_json::to_string(&job).unwrap(),
            Ok(Outcome::Ignored(why)) => why.to_owned(),
            Err(error) => error.to_string(),
        }
    }

    fn created(blob: &str) -> Value {
        json!({"topic": TOPIC, "subject": format!("/blobServices/default/containers/bundles/blobs/{blob}"),
            "eventType": "Microsoft.Storage.BlobCreated", "id": "e1", "data": {"api": "PutBlob", "eTag": "\"0x8D\""}})
    }

    #[test]
    fn an_upload_says_where_to_look() {
        let want = r#"{"v":1,"scope":"bundle","id":"team-a/sales","etag":"0x8D","cause":"upload","request":"e1","options":{}}"#;
        assert_eq!(check(created("team-a/sales.tar.gz")), want);
    }

    #[test]
    fn a_cloud_event_says_the_same() {
        let event = json!({"source": TOPIC, "subject": "/blobServices/default/containers/bundles/blobs/a.zip",
            "type": "Microsoft.Storage.BlobDeleted", "id": "e2", "specversion": "1.0", "data": {"api": "DeleteBlob"}});
        assert_eq!(
            check(event),
            r#"{"v":1,"scope":"bundle","id":"a","cause":"delete","request":"e2","options":{}}"#
        );
    }

    #[test]
    fn what_is_not_ours_is_ignored_with_the_reason() {
        assert_eq!(check(created("notes.txt")), "not an archive");
        assert_eq!(check(created("..%2Fx.zip")), "its name is no bundle id");
        let mut event = created("a.zip");
        event["data"]["api"] = json!("CreateFile");
        assert_eq!(check(event), "a file that has no content yet");
        let mut event = created("a.zip");
        event["topic"] = json!("/storageAccounts/other");
        assert_eq!(check(event), "another storage account");
    }

    #[test]
    fn a_dfs_address_odd_keys_and_a_long_sequencer_change_nothing() {
        let event = json!({"Topic": TOPIC, "SUBJECT": "/blobServices/default/containers/bundles/blobs/a/b.tgz",
            "EventType": "Microsoft.Storage.BlobCreated", "ID ": " e3 ", "data": {"API": "FlushWithClose",
            "contentOffset": 0, "ETag": "0x8D83FACDC0C3402", "url": "https://acct.dfs.core.windows.net/bundles/a/b.tgz",
            "sequencer": "00000000000000000000000000015508000000000005101c"}});
        let want = r#"{"v":1,"scope":"bundle","id":"a/b","etag":"0x8D83FACDC0C3402","cause":"upload","request":"e3","options":{}}"#;
        assert_eq!(check(event), want);
    }

    #[test]
    fn the_captured_event_of_the_documentation_is_read() {
        let event = json!({"id": "93902694-901e-008f-6f95-7153a806873c", "eventTime": "2020-08-13T17:18:13.1647262Z",
            "eventType": "Microsoft.Storage.BlobCreated", "dataVersion": "", "metadataVersion": "1", "topic": TOPIC,
            "subject": "/blobServices/default/containers/deadletter/blobs/myBlobFile.txt",
            "data": {"api": "PutBlob", "eTag": "0x8D83FACDC0C3402", "contentType": "text/plain", "contentLength": 0,
            "blobType": "BlockBlob", "url": "https://acct.blob.core.windows.net/deadletter/myBlobFile.txt"}});
        assert_eq!(check(event), "another container");
    }

    #[test]
    fn an_array_or_a_text_is_no_event() {
        for value in [json!([created("a.zip")]), json!("text"), json!(null)] {
            assert_eq!(check(value), "this is no event: it has no type");
        }
    }

    #[test]
    fn a_value_without_a_type_is_malformed() {
        assert_eq!(check(json!({"id": "x"})), "this is no event: it has no type");
    }
}
