//! The arguments of the commands about what was uploaded, and about secrets.

use std::path::PathBuf;

use clap::Args;
use domain::names::BundleId;
use domain::secret::SecretName;

use super::Common;
use crate::cli::value;

/// `resume` and `unpin`
#[derive(Debug, Args)]
pub struct BundleArgs {
    /// The bundle's id, such as team-a/sales-etl.
    #[arg(value_name = "BUNDLE", value_parser = value::bundle)]
    pub id: BundleId,
    /// The folder of `serve --local`, instead of Azure.
    #[arg(long, value_name = "DIR")]
    pub local: Option<PathBuf>,
    /// How.
    #[command(flatten)]
    pub common: Common,
}

/// `suspend`
#[derive(Debug, Args)]
pub struct SuspendArgs {
    /// Which.
    #[command(flatten)]
    pub bundle: BundleArgs,
    /// Why, for those who wonder.
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

/// `status`
#[derive(Debug, Args)]
pub struct StatusArgs {
    /// Only this bundle, with its last receipt.
    #[arg(value_name = "BUNDLE", value_parser = value::bundle)]
    pub bundle: Option<BundleId>,
    /// The folder of `serve --local`, instead of Azure.
    #[arg(long, value_name = "DIR")]
    pub local: Option<PathBuf>,
    /// How.
    #[command(flatten)]
    pub common: Common,
}

/// `secrets`
#[derive(Debug, Args)]
pub struct SecretsArgs {
    /// Only this secret, and those of the same block; may be given again.
    #[arg(value_name = "NAME", value_parser = value::secret)]
    pub names: Vec<SecretName>,
    /// Show what would be written, and write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Take over blocks that exist and are not ours.
    #[arg(long)]
    pub adopt: bool,
    /// The folder of `serve --local`: its `secrets.toml` instead of a vault.
    #[arg(long, value_name = "DIR")]
    pub local: Option<PathBuf>,
    /// How.
    #[command(flatten)]
    pub common: Common,
}

/// `replay`
#[derive(Debug, Args)]
pub struct ReplayArgs {
    /// How.
    #[command(flatten)]
    pub common: Common,
}
