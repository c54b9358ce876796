//! Ctrl-C while `apply` writes.

use std::process::{Command, Output, Stdio};

use world::product;
use world::proxy::{Fault, Kind, Proxy};

use super::{apply, bundle, project, yaml};
use crate::servers::three;

/// `apply` of `dir` until its first write is met by `kind`; from then on the server is well again, if it is to be.
async fn interrupted(dir: &tempfile::TempDir, proxy: &Proxy, kind: Kind, times: usize) -> Output {
    let fault = Fault { kind, writes: true, first: 1, last: usize::MAX };
    proxy.set(Some(fault));
    let settings = [
        ("PREFECT_API_URL", proxy.api.as_str()),
        ("SYNC_CREATE_POOLS", "true"),
        ("SYNC_POOL_TYPE", "process"),
    ];
    let mut command = product::command(&settings).unwrap();
    command.args(["apply", dir.path().to_str().unwrap(), "--bundle", &bundle(dir)]);
    let started = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    proxy.reached().await;
    for _ in 0..times {
        let signal = ["-INT", &started.id().to_string()];
        assert!(Command::new("kill").args(signal).status().unwrap().success());
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    if times == 1 {
        proxy.set(None);
    }
    tokio::task::block_in_place(|| started.wait_with_output()).unwrap()
}

fn of(name: &str) -> tempfile::TempDir {
    project(name, &yaml("").replace("pool-a", name))
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_ends_the_write_at_hand_and_starts_no_other() {
    let server = three().await;
    let (dir, proxy) = (of("interrupted"), Proxy::start(&server.api).await.unwrap());
    let ended = interrupted(&dir, &proxy, Kind::Answer(503), 1).await;
    let (said, told) =
        (String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
    assert!(said.contains("created work-pool interrupted"), "{said}{told}");
    assert!(said.contains("skipped deployment interrupted/daily"), "{said}{told}");
    assert!(told.contains("Ctrl-C again to stop at once"), "{told}");
    assert_eq!(ended.status.code(), Some(5), "{said}{told}");
    let document = apply(&dir, &server.api);
    assert_eq!(document["counts"]["create"], 1, "{document}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_ctrl_c_ends_at_once() {
    let server = three().await;
    let (dir, proxy) = (of("interrupted-twice"), Proxy::start(&server.api).await.unwrap());
    let ended = interrupted(&dir, &proxy, Kind::HoldBefore, 2).await;
    let told = String::from_utf8_lossy(&ended.stderr);
    assert!(told.contains("stopped amid a write; apply again"), "{told}");
    assert_eq!(ended.status.code(), Some(1), "{told}");
    proxy.set(None);
    apply(&dir, &server.api);
}
