//! Child processes that end with their handle, free ports, bounded waiting.

use std::future::Future;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use anyhow::{Context as _, bail};
use tokio::time::Instant;

/// A child process with its output in a file; killed with its whole group when dropped, or when this process ends.
#[derive(Debug)]
pub struct Running {
    child: Child,
    guard: Child,
}

impl Running {
    /// Starts `command` in a process group of its own, without the ambient settings of Prefect, Azure and this product.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(command: &mut Command, log: &Path) -> anyhow::Result<Self> {
        use std::os::unix::process::CommandExt as _;
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            let ambient =
                ["PREFECT_", "SYNC_", "SyncStorage", "AZURE_", "FUNCTIONS_", "RUST_BACKTRACE"];
            let given = command.get_envs().any(|(it, _)| it == name);
            if !given && ambient.iter().any(|it| text.starts_with(it)) {
                command.env_remove(&name);
            }
        }
        let file = std::fs::File::options().create(true).append(true).open(log)?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file).process_group(0);
        let child = command
            .spawn()
            .with_context(|| format!("{} cannot be started", command.get_program().display()))?;
        let guard = guard(child.id())?;
        Ok(Self { child, guard })
    }

    /// Sends SIGKILL to the whole group, as the Functions host does.
    pub fn kill(&mut self) {
        let group = format!("-{}", self.child.id());
        let killed =
            Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        drop(killed);
        drop(self.child.wait());
        drop(self.guard.kill());
        drop(self.guard.wait());
    }

    /// How it ended, when it has.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn over(&mut self) -> std::io::Result<Option<ExitStatus>> {
        self.child.try_wait()
    }

    /// Its exit code, when it has ended.
    pub fn ended(&mut self) -> Option<i32> {
        self.child.try_wait().ok().flatten().and_then(|it| it.code())
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

/// Kills the group `id` when its stdin ends, which is when this process does: the servers of a test run are statics, and those
/// are never dropped.
fn guard(id: u32) -> anyhow::Result<Child> {
    use std::os::unix::process::CommandExt as _;
    let mut guard = Command::new("sh");
    guard.args(["-c", &format!("read -r _; kill -s KILL -- -{id}")]).process_group(0);
    guard.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    guard.spawn().context("sh cannot be started")
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Ports that a system gives to no connection by itself: one of those may be taken before a server has it.
const PORTS: std::ops::Range<u16> = 12_000..32_000;

/// A port of 127.0.0.1 that was free a moment ago, and that nobody else of this process is given.
///
/// # Errors
/// When there is none.
pub fn free_port() -> anyhow::Result<u16> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = u16::try_from(std::process::id() % 20_000)?;
    let next = || (first + NEXT.fetch_add(1, Ordering::Relaxed) % 20_000) % 20_000 + PORTS.start;
    let mut tried = std::iter::repeat_with(next).take(PORTS.len());
    let free = tried.find(|it| TcpListener::bind(("127.0.0.1", *it)).is_ok());
    free.context("no port is free")
}

/// Asks `look` until it gives something, at most for `limit`.
///
/// # Errors
/// When the time is up, naming `what`.
pub async fn until<T, F: Future<Output = Option<T>>>(
    what: &str,
    limit: Duration,
    mut look: impl FnMut() -> F,
) -> anyhow::Result<T> {
    let end = Instant::now() + limit;
    loop {
        if let Some(found) = look().await {
            return Ok(found);
        }
        if Instant::now() > end {
            bail!("waited {} s in vain for {what}", limit.as_secs());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// An HTTP client for loopback; it keeps no connection, since tests of several runtimes share it.
///
/// # Errors
/// When it cannot be built.
pub fn http() -> anyhow::Result<reqwest::Client> {
    trusting(None)
}

/// As [`http`]; it trusts the certificate in the file `root` as well.
///
/// # Errors
/// When the file cannot be read or the client cannot be built.
pub fn trusting(root: Option<&Path>) -> anyhow::Result<reqwest::Client> {
    drop(rustls::crypto::ring::default_provider().install_default());
    let mut builder = reqwest::Client::builder()
        .no_proxy()
        .pool_max_idle_per_host(0)
        .timeout(Duration::from_mins(1));
    if let Some(root) = root {
        let pem = std::fs::read(root)?;
        builder = builder.add_root_certificate(reqwest::Certificate::from_pem(&pem)?);
    }
    Ok(builder.build()?)
}
