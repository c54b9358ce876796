//! Arguments -> front.

use std::io::Write as _;
use std::process::ExitCode;

use handler::app::App;
use handler::config::{self, Config};
use handler::{cli, core_dump, functions, telemetry};
use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    // before any secret is read
    if let Err(error) = core_dump::forbid() {
        drop(writeln!(std::io::stderr(), "a crash may leave a core: {error}"));
    }
    // one TLS provider, before any client is built
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        return ExitCode::FAILURE;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    match runtime {
        Ok(runtime) => runtime.block_on(front()),
        Err(_) => ExitCode::FAILURE,
    }
}

/// Started by the Functions host: its port is set and there are no arguments.
async fn front() -> ExitCode {
    match config::handler_port() {
        Some(port) if std::env::args_os().len() == 1 => {
            telemetry::install();
            functions::run(app(), port).await
        }
        _ => cli::run(std::env::args_os().collect()).await.into(),
    }
}

fn app() -> Result<App, String> {
    let config = Config::load().map_err(|faults| faults.to_string())?;
    App::open(config, None).map_err(|error| format!("{error:#}"))
}
