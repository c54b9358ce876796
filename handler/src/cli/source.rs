//! PATH -> the files of a bundle and its id.

use std::path::Path;

use anyhow::Context as _;
use domain::declare::Code;
use domain::names::BundleId;

use super::args::Source;
use crate::config::Config;
use crate::load::{self, Loaded};

/// What PATH names.
pub(super) struct Read {
    /// Its files.
    pub(super) loaded: Loaded,
    /// `--bundle`, else the name of the folder or file.
    pub(super) bundle: BundleId,
    /// Where workers find the code when there is no store.
    pub(super) code: Code,
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
    Ok(Read { loaded, bundle, code: Code::Folder(path.to_string_lossy().into_owned()) })
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
