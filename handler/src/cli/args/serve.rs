//! The arguments of the standalone server.

use std::path::PathBuf;

use clap::Args;

use super::Output;
use crate::cli::value;

/// `serve`
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Work on this folder instead of Azure: DIR/bundles is watched, code and receipts lie beside it.
    #[arg(long, value_name = "DIR")]
    pub local: Option<PathBuf>,
    /// Where HTTP is served; others than this machine need a token: `SYNC_HTTP_TOKEN` or `SYNC_HTTP_TENANT`.
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDR")]
    pub listen: std::net::SocketAddr,
    /// One pass over every bundle, then end.
    #[arg(long)]
    pub once: bool,
    /// How log records are written (default: text on a terminal, else JSON); json: also how it ended, on stdout.
    #[arg(short, long, value_parser = value::output())]
    pub output: Option<Output>,
}
