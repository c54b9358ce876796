//! Front 2: the same jobs without the Functions host: a watched folder, or the queues of Azure Storage; a timer; HTTP.

mod access;
mod azure;
mod flights;
mod http;
mod inbox;
mod limit;
mod local;
mod said;
mod secrets;

use std::net::SocketAddr;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, timeout};

use crate::app::App;
use crate::reconcile::Verdict;

pub use azure::MAX_DEQUEUE;
use flights::Flights;

/// How long a stop waits for the job in flight; Kubernetes kills after 30 s.
const GRACE: Duration = Duration::from_secs(25);

/// How `serve` runs.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Where HTTP is served.
    pub listen: SocketAddr,
    /// One pass over everything, then end.
    pub once: bool,
}

/// Runs until SIGINT or SIGTERM, or for one pass; gives the worst verdict of that pass.
///
/// # Errors
/// When a container or queue cannot be made, the folder is in none that exists, the address cannot be had, or HTTP would be open to others without a token.
pub async fn run(app: &App, options: Options) -> anyhow::Result<Verdict> {
    if let Some(folder) = &app.local {
        local::announce(folder)?;
    }
    app.stores.ensure().await?;
    let (stop, stopping) = watch::channel(false);
    let flights = Flights::default();
    if options.once {
        return Ok(local::pass((app, &flights), &mut local::Seen::default(), true, &stopping).await);
    }
    let listener = http::listen(app, options.listen).await?;
    tracing::info!(address = %listener.local_addr()?, instance = app.config.instance.as_str(), "serving");
    let end = Verdict::Done("stopped".to_owned());
    let mut work = Box::pin(work(app, &flights, stopping));
    tokio::select! {
        () = stopped() => {}
        result = http::serve(app, &flights, listener) => return result.map(|()| end),
        () = &mut work => return Ok(end),
    }
    stop.send_replace(true);
    if timeout(GRACE, work).await.is_err() {
        tracing::warn!("warning: stopped amid a job; it is done by the next one");
    }
    Ok(end)
}

async fn work(app: &App, flights: &Flights, stop: watch::Receiver<bool>) {
    if app.local.is_some() {
        Box::pin(local::watch(app, flights, stop)).await;
    } else {
        azure::watch(app, flights, stop).await;
    }
}

/// Ends with SIGINT or SIGTERM.
pub async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupt = tokio::signal::ctrl_c();
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        drop(interrupt.await);
        return;
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
}

/// One line about how a job ended, at the level that it deserves.
fn log(verdict: &Verdict) {
    match verdict {
        Verdict::Done(text) | Verdict::Busy(text) => tracing::info!("{text}"),
        Verdict::Person(_, text) => tracing::error!("{text}"),
        Verdict::Later(text) | Verdict::Deferred(text) => {
            tracing::warn!("warning: tried again later: {text}");
        }
    }
}

/// When a job that starts now has to stop: a minute before its message is seen by others.
fn deadline(app: &App) -> Instant {
    Instant::now() + app.config.function_timeout.saturating_sub(Duration::from_mins(1))
}
