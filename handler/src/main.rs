//! Arguments -> front.

use std::process::ExitCode;

use clap::Parser as _;
use handler::cli::{self, Cli};

fn main() -> ExitCode {
    // one TLS provider, before any client is built
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        return ExitCode::FAILURE;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    match runtime {
        Ok(runtime) => runtime.block_on(cli::run(Cli::parse().command)).into(),
        Err(_) => ExitCode::FAILURE,
    }
}
