//! PATH -> the files of a bundle and its id.

use std::path::Path;

use anyhow::Context as _;
use domain::declare::{self, Code, Settings};
use domain::desired::{Deployment, Desired};
use domain::diagnostic::{Diagnostic, rules};
use domain::dialect::Dialect;
use domain::names::BundleId;

use super::args::{Input, Source};
use super::path::{Target, any_id, target};
use crate::config::Config;
use crate::load::{self, Loaded};
use crate::{app, pass};

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
        Diagnostic::error(rules::ARCHIVE_WITHOUT_STORE, it.at.clone(), message)
            .hint("unpack it and apply the folder, or upload it to the bundle container")
    };
    pulls.map(one).collect()
}

/// Reads the folder or archive that `source` names, as the bundle that [`id`] or [`any_id`] gives.
pub(super) async fn read(
    source: &Source,
    bundle: BundleId,
    config: &Config,
) -> anyhow::Result<Read> {
    let Target { root, below } = target(source)?;
    let archive = root.is_file();
    let mut loaded = loaded(&root, config).await?;
    declare::only(&mut loaded.tree, &below);
    Ok(Read { loaded, bundle, code: Code::Folder(root.to_string_lossy().into_owned()), archive })
}

/// The files of the project's folder, or of the archive.
pub(super) async fn loaded(root: &Path, config: &Config) -> anyhow::Result<Loaded> {
    let loaded = if root.is_file() {
        load::archive_file(root, &config.limits).await
    } else {
        load::folder(root, &config.limits).await
    };
    loaded.with_context(|| format!("{} could not be read", root.display()))
}

/// `config` with what the command line says instead.
pub(super) fn with_given(mut config: Config, source: &Source) -> Config {
    config.environment.extend(source.env.iter().cloned());
    config.bundle_name = source.bundle_name.clone().or(config.bundle_name);
    config.overlay = source.overlay.clone().or(config.overlay);
    if !source.roots.is_empty() {
        config.source_roots.clone_from(&source.roots);
    }
    config
}

/// What declarations take for the time: `--now`, else that of the newest file.
pub(super) fn clock(source: &Source, read: &Read) -> Option<jiff::Timestamp> {
    let newest = || jiff::Timestamp::from_second(read.loaded.tree.newest()?).ok();
    source.now.or_else(newest)
}

/// What PATH asks for, without a server.
pub(super) struct Offline {
    /// The settings, with `--env`.
    pub(super) config: Config,
    /// `--prefect`.
    pub(super) dialect: Dialect,
    /// The files.
    pub(super) read: Read,
    /// How their declarations are read.
    pub(super) settings: Settings,
    /// What they ask for.
    pub(super) desired: Desired,
    /// All that was found, in the archive and in the declarations.
    pub(super) found: Vec<Diagnostic>,
}

/// Where workers find the code of `read`: as of an upload, where it is an archive or a store is set; else where it lies.
fn code(read: &Read, config: &Config) -> Code {
    if read.archive || config.storage.is_some() {
        return app::staged(config, &format!("{}/{}", read.bundle, read.loaded.digest.short()));
    }
    read.code.clone()
}

/// Reads PATH as `check` and `render` do.
pub(super) async fn offline(args: &Input) -> anyhow::Result<Offline> {
    let config = with_given(Config::offline()?, &args.source);
    let dialect = args.prefect;
    let read = read(&args.source, any_id(&args.source)?, &config).await?;
    let now = clock(&args.source, &read);
    let settings = pass::settings(&config, dialect, &read.bundle, code(&read, &config), now);
    let desired = declare::desired(&read.loaded.tree, &settings);
    let mut found = read.loaded.diagnostics.clone();
    found.extend(desired.diagnostics.clone());
    Ok(Offline { config, dialect, read, settings, desired, found })
}
