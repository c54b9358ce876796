//! The foreground front: one job in the foreground, answers on stdout, messages on stderr.
#![expect(clippy::print_stderr, reason = "this is the command line")]

mod args;
mod bundle;
mod check;
mod convert;
mod explain;
mod failure;
mod interrupt;
mod outcome;
mod output;
mod path;
mod plan;
mod render;
mod schema;
mod secrets;
mod serve;
mod source;
mod turn;
mod value;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

pub use args::{Cli, Command};

use crate::reconcile::{Trouble, Verdict};

/// How a command ends; the numbers are a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0
    Ok,
    /// 1
    Error,
    /// 2: wrong arguments.
    Usage,
    /// 2: `plan --detailed-exitcode` with changes.
    Changes,
    /// 3: the bundle has errors.
    Invalid,
    /// 4: Prefect does not accept our credentials.
    Denied,
    /// 5: some steps failed.
    Partly,
    /// 6: refused by a guard.
    Refused,
    /// 7: Prefect or the deadline.
    Timeout,
}

impl Exit {
    /// That of a job that ended so.
    fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Done(_) | Verdict::Busy(_) => Self::Ok,
            Verdict::Person(trouble, _) => match trouble {
                Trouble::Invalid => Self::Invalid,
                Trouble::Denied => Self::Denied,
                Trouble::Partly => Self::Partly,
                Trouble::Refused => Self::Refused,
                Trouble::Failed => Self::Error,
            },
            Verdict::Later(_) | Verdict::Deferred(_) => Self::Timeout,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Ok => 0,
            Exit::Error => 1,
            Exit::Usage | Exit::Changes => 2,
            Exit::Invalid => 3,
            Exit::Denied => 4,
            Exit::Partly => 5,
            Exit::Refused => 6,
            Exit::Timeout => 7,
        })
    }
}

/// Runs the command that `arguments` ask for; the first is the program's name.
pub async fn run(arguments: Vec<OsString>) -> Exit {
    let list = args::list_of(&arguments);
    let ended = match Cli::try_parse_from(&arguments) {
        Ok(Cli { command }) => {
            let output = command.output();
            answered(command).await.unwrap_or_else(|error| failure::tell(&error, output, list))
        }
        Err(error) => failure::tell_parser(&error, args::output_of(&arguments), list),
    };
    if args::is_detailed(&arguments) { detailed(ended) } else { ended }
}

/// The codes of `plan --detailed-exitcode`: 0 nothing, 1 error, 2 changes.
fn detailed(ended: Exit) -> Exit {
    match ended {
        Exit::Ok | Exit::Changes => ended,
        _ => Exit::Error,
    }
}

async fn answered(command: Command) -> anyhow::Result<Exit> {
    if !matches!(command, Command::Serve(_)) {
        crate::telemetry::install_for_person();
    }
    match command {
        Command::Check(args) => check::run(&args).await,
        Command::Render(args) => render::run(&args).await,
        Command::Schema(args) => schema::run(&args).await,
        Command::Plan(args) => plan::plan(&args).await,
        Command::Apply(args) => plan::apply(&args).await,
        Command::Explain(args) => explain::run(&args),
        Command::Status(args) => Box::pin(bundle::status(&args)).await,
        Command::Suspend(args) => bundle::suspend(&args).await,
        Command::Resume(args) => bundle::resume(&args).await,
        Command::Unpin(args) => bundle::unpin(&args).await,
        Command::Replay(args) => bundle::replay(&args).await,
        Command::Secrets(args) => Box::pin(secrets::run(&args)).await,
        Command::Serve(args) => Box::pin(serve::run(&args)).await,
    }
}
