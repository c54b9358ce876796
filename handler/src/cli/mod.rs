//! The foreground front: one job in the foreground, answers on stdout, messages on stderr.
#![expect(clippy::print_stderr, reason = "this is the command line")]

mod args;
mod check;
mod output;
mod plan;
mod render;
mod schema;
mod serve;
mod source;

pub use args::{Cli, Command};

use std::process::ExitCode;

/// How a command ends; the numbers are a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0
    Ok = 0,
    /// 1
    Error = 1,
    /// 2: wrong arguments, or `plan --detailed-exitcode` with changes.
    Usage = 2,
    /// 3: the bundle has errors.
    Invalid = 3,
    /// 4: Prefect does not accept our credentials.
    Denied = 4,
    /// 5: some steps failed.
    Partly = 5,
    /// 6: refused by a guard.
    Refused = 6,
    /// 7: Prefect or the deadline.
    Timeout = 7,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Runs a foreground command.
pub async fn run(command: Command) -> Exit {
    if !matches!(command, Command::Serve(_)) {
        crate::telemetry::install_for_person();
    }
    let ended = match command {
        Command::Check(args) => check::run(&args).await,
        Command::Render(args) => render::run(&args).await,
        Command::Schema(args) => schema::run(&args).await,
        Command::Plan(args) => plan::plan(&args).await,
        Command::Apply(args) => plan::apply(&args).await,
        Command::Serve(args) => Box::pin(serve::run(&args)).await,
    };
    ended.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        exit_of(&error)
    })
}

fn exit_of(error: &anyhow::Error) -> Exit {
    use crate::prefect::ApiError;
    match error.downcast_ref::<ApiError>() {
        Some(ApiError::Denied { .. }) => Exit::Denied,
        Some(ApiError::Unavailable { .. }) => Exit::Timeout,
        _ => Exit::Error,
    }
}
