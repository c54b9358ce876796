//! `cargo bench --bench start`: from the start of the handler's process to its first answer to the Functions host.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it saw")]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::ensure;
use world::process::{Running, free_port};
use world::product;

const RUNS: usize = 40;
/// The real host asks every 25 ms; this is fine enough to see less than that.
const EACH: Duration = Duration::from_micros(200);
const LIMIT: Duration = Duration::from_secs(30);

/// Settings of an installation in Azure, so that all clients are built, TLS included; nothing of it is asked at start.
const SETTINGS: [(&str, &str); 3] = [
    ("PREFECT_API_URL", "https://prefect.invalid/api"),
    ("PREFECT_API_KEY", "key"),
    (
        "SyncStorage",
        "DefaultEndpointsProtocol=https;AccountName=account;AccountKey=a2V5;EndpointSuffix=core.invalid",
    ),
];

fn main() -> anyhow::Result<()> {
    let dir = tempfile::tempdir()?;
    let log = dir.path().join("handler.log");
    let mut times = Vec::new();
    // the first run fills the page cache
    for run in 0..=RUNS {
        let port = free_port()?;
        let mut command = product::command(&SETTINGS)?;
        command.env("FUNCTIONS_CUSTOMHANDLER_PORT", port.to_string());
        let started = Instant::now();
        let handler = Running::start(&mut command, &log)?;
        first_answer(port, started)?;
        if run > 0 {
            times.push(started.elapsed());
        }
        drop(handler);
    }
    times.sort();
    let at = |index: usize| times.get(index).map_or(0.0, |it| it.as_secs_f64() * 1000.0);
    println!("start to first answer of GET /, {RUNS} runs of the whole process:");
    println!("min {:.1} ms, median {:.1} ms, max {:.1} ms", at(0), at(RUNS / 2), at(RUNS - 1));
    Ok(())
}

/// Asks for `/` until there is an answer, as the host does.
fn first_answer(port: u16, started: Instant) -> anyhow::Result<()> {
    loop {
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) {
            stream.set_read_timeout(Some(LIMIT))?;
            stream.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")?;
            let mut status = [0; 12];
            stream.read_exact(&mut status)?;
            ensure!(&status == b"HTTP/1.1 200", "{}", String::from_utf8_lossy(&status));
            return Ok(());
        }
        ensure!(started.elapsed() < LIMIT, "no answer within {} s", LIMIT.as_secs());
        #[expect(clippy::disallowed_methods, reason = "one thread that waits for a process")]
        std::thread::sleep(EACH);
    }
}
