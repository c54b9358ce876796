//! What a whole run of the product costs, beside the same requests alone.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use reqwest::Method;
use serde_json::Value;

use crate::prefect::Server;
use crate::proxy::exchanges::Exchange;
use crate::proxy::{Proxy, is_write};

/// One run.
#[derive(Debug)]
pub struct Pass {
    /// What it is called.
    pub name: &'static str,
    /// From its start to its end.
    pub time: Duration,
    /// The most memory that it had, KiB.
    pub memory: usize,
    /// What it asked of Prefect.
    pub exchanges: Vec<Exchange>,
}

impl Pass {
    /// Runs `command`, which reaches Prefect through `proxy`.
    ///
    /// # Errors
    /// When it does not end well.
    pub fn of(name: &'static str, command: &mut Command, proxy: &Proxy) -> anyhow::Result<Self> {
        proxy.all_exchanges();
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let started = Instant::now();
        let mut child = command.spawn()?;
        let mut memory = 0;
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            memory = peak(child.id()).unwrap_or(memory);
            pause();
        };
        ensure!(status.success(), "the pass `{name}` ended with {status}");
        Ok(Self { name, time: started.elapsed(), memory, exchanges: proxy.all_exchanges() })
    }

    /// The writes among its requests.
    pub fn writes(&self) -> usize {
        self.exchanges.iter().filter(|it| is_write(&it.request)).count()
    }

    /// A line for people, with the time beside that of `floor`.
    pub fn line(&self, floor: Option<Duration>) -> String {
        let ours = self.time.as_secs_f64();
        let ratio = |it: Duration| {
            let it = it.as_secs_f64();
            format!("  floor {it:7.2} s  ratio {:5.2}", ours / it)
        };
        format!(
            "{:12} {ours:7.2} s  {:6} requests, {} of them writes  {:6} KiB{}",
            self.name,
            self.exchanges.len(),
            self.writes(),
            self.memory,
            floor.map_or_else(String::new, ratio),
        )
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark waits for another process")]
fn pause() {
    std::thread::sleep(Duration::from_millis(10));
}

/// The most memory that the process had so far, KiB.
fn peak(id: u32) -> Option<usize> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// How long the same requests take one after the other, sent by a client that does nothing else; `ids` are those of the objects
/// that they made, by the ids that they had.
///
/// # Errors
/// When the server cannot be reached.
pub async fn floor(
    server: &Server,
    exchanges: &[Exchange],
    ids: &mut BTreeMap<String, String>,
) -> anyhow::Result<Duration> {
    let client = reqwest::Client::builder().no_proxy().pool_idle_timeout(Duration::from_secs(3));
    let client = client.build()?;
    let origin = server.api.trim_end_matches("/api");
    let mut time = Duration::ZERO;
    for it in exchanges {
        let (method, path) = it.request.split_once(' ').context("no request")?;
        let mut url = format!("{origin}{path}");
        let mut body = it.sent.to_string();
        for (old, new) in ids.iter() {
            if body.contains(old) || url.contains(old) {
                (url, body) = (url.replace(old, new), body.replace(old, new));
            }
        }
        let send = || {
            let request = client.request(Method::from_bytes(method.as_bytes())?, &url);
            let request = request.header("content-type", "application/json");
            anyhow::Ok(if it.sent.is_null() { request } else { request.body(body.clone()) }.send())
        };
        let started = Instant::now();
        let answer = loop {
            match send()?.await {
                Ok(answer) if answer.status().as_u16() == 503 => {}
                Ok(answer) => break answer.bytes().await?,
                // the server closes an idle connection without notice
                Err(error) if error.is_request() => {}
                Err(error) => return Err(error.into()),
            }
        };
        time += started.elapsed();
        let made: Value = serde_json::from_slice(&answer).unwrap_or_default();
        if let (Some(old), Some(new)) = (it.answered["id"].as_str(), made["id"].as_str()) {
            ids.insert(old.to_owned(), new.to_owned());
        }
    }
    Ok(time)
}
