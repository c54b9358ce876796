use std::io;

use bytes::Bytes;

use super::*;

fn container(dir: &tempfile::TempDir) -> Container {
    Container::Local(LocalContainer::new(dir.path().join("c")))
}

#[tokio::test]
async fn an_object_is_written_under_its_condition_only() {
    let dir = tempfile::tempdir().unwrap();
    let it = container(&dir);
    let first = it.write("a/b.json", b"1".to_vec(), Condition::IfAbsent).await.unwrap();
    let again = it.write("a/b.json", b"2".to_vec(), Condition::IfAbsent).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))));
    let second =
        it.write("a/b.json", b"2".to_vec(), Condition::IfMatch(first.clone())).await.unwrap();
    let stale = it.write("a/b.json", b"3".to_vec(), Condition::IfMatch(first)).await;
    assert!(matches!(stale, Err(StoreError::Conflict(_))));
    assert_eq!(it.read("a/b.json", 9).await.unwrap(), Some((b"2".to_vec(), second)));
    let keys: Vec<_> = it.list("a/").await.unwrap().into_iter().map(|it| it.key).collect();
    assert_eq!(keys, ["a/b.json"]);
    it.delete("a/b.json").await.unwrap();
    it.delete("a/b.json").await.unwrap();
    assert_eq!(it.head("a/b.json").await.unwrap(), None);
}

#[tokio::test]
async fn a_missing_container_is_not_an_empty_one() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(container(&dir).list("").await, Err(StoreError::NoContainer(_))));
    assert!(matches!(container(&dir).head("a").await, Err(StoreError::NoContainer(_))));
}

#[tokio::test]
async fn a_lease_is_held_by_one() {
    let dir = tempfile::tempdir().unwrap();
    let it = container(&dir);
    let lease = it.acquire("x/lease", 30).await.unwrap().unwrap();
    assert!(it.acquire("x/lease", 30).await.unwrap().is_none());
    assert!(it.acquire("y/lease", 30).await.unwrap().is_some());
    it.renew(&lease).await.unwrap();
    it.release(lease).await.unwrap();
    assert!(it.acquire("x/lease", 30).await.unwrap().is_some());
}

#[tokio::test]
async fn a_failing_stream_writes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let it = container(&dir);
    it.ensure().await.unwrap();
    let chunks = [Ok(Bytes::from_static(b"1")), Err(io::Error::other("cut"))];
    assert!(it.write_stream("a", futures::stream::iter(chunks)).await.is_err());
    assert_eq!(it.head("a").await.unwrap(), None);
}

#[tokio::test]
async fn names_that_reach_another_object_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let it = container(&dir);
    for key in ["", ".", "..", "a/../b", "/a", "a//b", "a\\b", "a\nb", ".sync/write"] {
        assert!(matches!(it.head(key).await, Err(StoreError::Rejected(_))), "{key:?}");
    }
}
