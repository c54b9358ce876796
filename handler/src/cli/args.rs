//! The arguments of the command line.

mod bundle;
mod serve;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::dialect::Dialect;
use domain::names::{BundleId, SourceRoot};

use super::value;

pub(super) use bundle::{BundleArgs, ReplayArgs, SecretsArgs, StatusArgs, SuspendArgs};
pub(super) use serve::ServeArgs;

/// Registers Prefect deployments from project folders and bundles, without running Python.
///
/// Settings come from the environment; `PREFECT_API_URL` and `PREFECT_API_KEY` are honoured as everywhere.
#[derive(Debug, Parser)]
#[command(name = "prefect-azure-sync", version, about, long_about = None, after_help = EXAMPLES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "Examples:
  prefect-azure-sync check .                     find mistakes, no server needed
  prefect-azure-sync render . -o json            what would be registered, no server needed
  prefect-azure-sync plan . --detailed-exitcode  what would change on the server (2: changes)
  prefect-azure-sync apply .                     change it
  prefect-azure-sync explain work-pool           what a code means
  prefect-azure-sync serve --local ./sync        watch ./sync/bundles and register what is put there
  prefect-azure-sync status team-a/etl           what became of an uploaded bundle
  prefect-azure-sync secrets --dry-run           which secrets of the vault would be written to which blocks
  prefect-azure-sync suspend team-a/etl --reason \"month end\"   leave it as it is until `resume`";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Find mistakes in a project folder or bundle; needs no server.
    Check(CheckArgs),
    /// Show what would be registered, as JSON; needs no server.
    Render(RenderArgs),
    /// Show the flows of a file or project and their parameter schemas, as JSON; needs no server.
    Schema(SchemaArgs),
    /// Show what would change on the server.
    Plan(PlanArgs),
    /// Register the deployments.
    Apply(PlanArgs),
    /// Watch a folder or the queues of Azure Storage, and register what arrives.
    Serve(ServeArgs),
    /// Show what the code of a finding means, and what to do.
    Explain(ExplainArgs),
    /// Show what became of the uploaded bundles and the secrets, and the jobs that were given up.
    Status(StatusArgs),
    /// Write the vault's secrets to the Prefect blocks that they are tagged for.
    Secrets(SecretsArgs),
    /// Leave a bundle as it is registered, whatever is uploaded, until it is resumed.
    Suspend(SuspendArgs),
    /// Take up a suspended bundle again.
    Resume(BundleArgs),
    /// Let the upload count again after a rollback.
    Unpin(BundleArgs),
    /// Queue the jobs again that were given up.
    Replay(ReplayArgs),
}

impl Command {
    /// How the answer is written.
    pub fn output(&self) -> Output {
        match self {
            Self::Check(args) => args.output,
            Self::Render(args) | Self::Schema(args) => args.common.output,
            Self::Plan(args) | Self::Apply(args) => args.common.output,
            Self::Explain(args) => args.common.output,
            Self::Status(args) => args.common.output,
            Self::Suspend(args) => args.bundle.common.output,
            Self::Resume(args) | Self::Unpin(args) => args.common.output,
            Self::Replay(args) => args.common.output,
            Self::Secrets(args) => args.common.output,
            Self::Serve(args) => args.output.unwrap_or(Output::Text),
        }
    }
}

/// How the answer to `arguments` is to be written that cannot be parsed.
pub(super) fn output_of(arguments: &[OsString]) -> Output {
    let mut words = arguments.iter().filter_map(|it| it.to_str());
    while let Some(word) = words.next() {
        let value = match word {
            "-o" | "--output" => words.next(),
            _ => word.strip_prefix("--output=").or_else(|| word.strip_prefix("-o")),
        };
        let value = value.map(|it| it.trim_start_matches('='));
        if let Some(output) = value.and_then(|it| Output::from_str(it, false).ok()) {
            return output;
        }
    }
    Output::Text
}

/// The list that the document of a command always has, of `arguments` which may be wrong.
pub(super) fn list_of(arguments: &[OsString]) -> Option<&'static str> {
    match arguments.get(1)?.to_str()? {
        "render" => Some("deployments"),
        "schema" => Some("flows"),
        _ => None,
    }
}

/// Whether `arguments`, which may be wrong, are of `plan --detailed-exitcode`.
pub(super) fn is_detailed(arguments: &[OsString]) -> bool {
    arguments.get(1).is_some_and(|it| it == "plan")
        && arguments.iter().any(|it| it == "--detailed-exitcode")
}

/// How the answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// For people.
    Text,
    /// One document with `apiVersion`.
    Json,
    /// Diagnostics as annotations of a GitHub workflow.
    Github,
    /// Diagnostics as SARIF 2.1.0 (`check`).
    Sarif,
}

/// What every command but `check` takes.
#[derive(Debug, Args)]
pub struct Common {
    /// How the answer is written.
    #[arg(short, long, value_parser = value::output(), default_value = "text")]
    pub output: Output,
}

/// Which files are read, and as what.
#[derive(Debug, Clone, Args)]
pub struct Source {
    /// A project, a folder or file of one, or a .zip, .tar.gz or .tgz; `schema` also takes FILE.py:FUNCTION.
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// The project's folder, that paths and imports start from (default: PATH; of a file the nearest with a prefect.yaml).
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// The bundle's id (default: the folder's or file's name).
    #[arg(long, value_name = "ID", value_parser = value::bundle)]
    pub bundle: Option<BundleId>,
    /// The clock that declarations see, RFC 3339; a prefect.yaml looks at no clock.
    #[arg(long, value_name = "TIME", value_parser = value::time)]
    pub now: Option<jiff::Timestamp>,
    /// A variable for `{{ $NAME }}`; may be given again.
    #[arg(long = "env", value_name = "NAME=VALUE", value_parser = value::variable)]
    pub env: Vec<(String, String)>,
    /// The folder that declarations think the project lies in (default: the last segment of the id).
    #[arg(long, value_name = "NAME", value_parser = value::folder)]
    pub bundle_name: Option<String>,
    /// The environment whose overlays/ENV.yaml counts, instead of `SYNC_OVERLAY`.
    #[arg(long, value_name = "ENV", value_parser = value::overlay)]
    pub overlay: Option<String>,
    /// A folder of the project that modules are imported from, instead of `SYNC_SOURCE_ROOTS`; may be given again.
    #[arg(long = "source-root", value_name = "DIR", value_parser = value::source_root)]
    pub roots: Vec<SourceRoot>,
}

/// What is read without a server.
#[derive(Debug, Args)]
pub struct Input {
    /// Which files.
    #[command(flatten)]
    pub source: Source,
    /// The Prefect version that is meant.
    #[arg(long, value_name = "VERSION", default_value = value::PREFECT, value_parser = value::dialect)]
    pub prefect: Dialect,
}

const CHECK_EXAMPLES: &str = "Examples:
  prefect-azure-sync check .                                find mistakes
  prefect-azure-sync check . --convert                      what older files become, and what is left to do
  prefect-azure-sync check . --convert 2>todo | patch -p1   make it so";

/// `check`
#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub struct CheckArgs {
    /// What.
    #[command(flatten)]
    pub input: Input,
    /// Take warnings for errors.
    #[arg(long)]
    pub strict: bool,
    /// Show what files of Prefect 1 and 2 have to be in Prefect 3: a diff on stdout, a report of each construct.
    #[arg(long)]
    pub convert: bool,
    /// How the answer is written.
    #[arg(short, long, value_enum, default_value = "text")]
    pub output: Output,
}

/// `render`
#[derive(Debug, Args)]
pub struct RenderArgs {
    /// What.
    #[command(flatten)]
    pub input: Input,
    /// How.
    #[command(flatten)]
    pub common: Common,
}

/// `schema`
pub(super) type SchemaArgs = RenderArgs;

/// `plan` and `apply`
#[derive(Debug, Args)]
pub struct PlanArgs {
    /// Which files.
    #[command(flatten)]
    pub source: Source,
    /// Take over deployments that exist without our marker.
    #[arg(long)]
    pub adopt: bool,
    /// Register what is sound though other deployments are in error; these stay as they are.
    #[arg(long)]
    pub partial: bool,
    /// Only this deployment, `flow/name` or `name`; may be given again.
    #[arg(long = "deployment", value_name = "NAME")]
    pub deployments: Vec<String>,
    /// `plan`: exit with 2 when there are changes.
    #[arg(long)]
    pub detailed_exitcode: bool,
    /// How.
    #[command(flatten)]
    pub common: Common,
}

/// `explain`
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The code, such as `duplicate-deployment` (default: all of them, one a line).
    pub code: Option<String>,
    /// How.
    #[command(flatten)]
    pub common: Common,
}
