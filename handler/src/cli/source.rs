//! PATH -> the files of a bundle and its id.

use std::path::Path;

use anyhow::Context as _;
use domain::declare::{self, Code};
use domain::desired::{Deployment, Desired};
use domain::diagnostic::Diagnostic;
use domain::dialect::Dialect;
use domain::names::BundleId;

use super::args::{CheckArgs, Source};
use crate::config::Config;
use crate::load::{self, Loaded};
use crate::pass;

/// What PATH names.
pub(super) struct Read {
    /// Its files.
    pub(super) loaded: Loaded,
    /// `--bundle`, else the name of the folder or file.
    pub(super) bundle: BundleId,
    /// Where workers find the code when there is no store.
    pub(super) code: Code,
    /// PATH is an archive: nothing can be pulled from it.
    pub(super) archive: bool,
}

/// The deployments of `desired` that would pull from the archive `read`.
pub(super) fn not_pullable(read: &Read, desired: &Desired) -> Vec<Diagnostic> {
    let Code::Folder(path) = &read.code else { return Vec::new() };
    let quoted = serde_json::Value::from(path.as_str()).to_string();
    // the archive itself, or a folder in it
    let needle = format!("\"directory\":{}", quoted.trim_end_matches('"'));
    let pulls = desired.deployments.iter().filter(|it| {
        read.archive && serde_json::Value::from(it.pull.clone()).to_string().contains(&needle)
    });
    let one = |it: &Deployment| {
        let message =
            format!("workers cannot pull the code of `{}/{}` from an archive", it.flow, it.name);
        Diagnostic::error("archive-without-store", it.at.clone(), message)
            .hint("unpack it and apply the folder, or upload it to the bundle container")
    };
    pulls.map(one).collect()
}

/// Reads the folder or archive that `source` names.
pub(super) async fn read(source: &Source, config: &Config) -> anyhow::Result<Read> {
    let path = source.path.canonicalize().with_context(|| format!("{}", source.path.display()))?;
    let bundle = bundle_id(source, &path)?;
    let loaded = if path.is_dir() {
        load::folder(&path, &config.limits).await
    } else {
        load::archive_file(&path, &config.limits).await
    };
    let loaded = loaded.with_context(|| format!("{} could not be read", path.display()))?;
    let archive = path.is_file();
    Ok(Read { loaded, bundle, code: Code::Folder(path.to_string_lossy().into_owned()), archive })
}

fn bundle_id(source: &Source, path: &Path) -> anyhow::Result<BundleId> {
    if let Some(id) = &source.bundle {
        return BundleId::new(id.as_str()).context("--bundle");
    }
    let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    match BundleId::of_blob(&name) {
        Some(id) => Ok(id.context("the file's name is no bundle id; give one with --bundle")?.0),
        None => {
            BundleId::new(name).context("the folder's name is no bundle id; give one with --bundle")
        }
    }
}

/// `config` with the `--env NAME=VALUE` of the command line.
pub(super) fn with_env(mut config: Config, source: &Source) -> anyhow::Result<Config> {
    for pair in &source.env {
        let (name, value) =
            pair.split_once('=').with_context(|| format!("--env {pair}: NAME=VALUE is wanted"))?;
        config.environment.insert(name.to_owned(), value.to_owned());
    }
    Ok(config)
}

/// What PATH asks for, without a server.
pub(super) struct Offline {
    /// The settings, with `--env`.
    pub(super) config: Config,
    /// `--prefect`.
    pub(super) dialect: Dialect,
    /// The files.
    pub(super) read: Read,
    /// What they ask for.
    pub(super) desired: Desired,
    /// All that was found, in the archive and in the declarations.
    pub(super) found: Vec<Diagnostic>,
}

/// Reads PATH as `check` and `render` do.
pub(super) async fn offline(args: &CheckArgs) -> anyhow::Result<Offline> {
    let config = with_env(Config::offline()?, &args.source)?;
    let dialect = Dialect::new(&args.prefect)?;
    let read = read(&args.source, &config).await?;
    let settings = pass::settings(&config, dialect, &read.bundle, read.code.clone());
    let desired = declare::desired(&read.loaded.tree, &settings);
    let mut found = read.loaded.diagnostics.clone();
    found.extend(desired.diagnostics.clone());
    Ok(Offline { config, dialect, read, desired, found })
}
