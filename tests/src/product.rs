//! The product's binary.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::Context as _;

/// A binary that is built already, to be tested or measured instead: the static one of infra/package.sh.
const GIVEN: &str = "PREFECT_AZURE_SYNC_BINARY";

/// Builds the binary once, in the profile of this crate (so benchmarks have an optimised one), and gives its path; or the one
/// that `PREFECT_AZURE_SYNC_BINARY` names.
///
/// # Errors
/// When it does not build.
pub fn binary() -> anyhow::Result<PathBuf> {
    static BUILT: std::sync::Mutex<Option<PathBuf>> = std::sync::Mutex::new(None);
    let mut built = BUILT.lock().ok().context("the build panicked")?;
    if let Some(path) = &*built {
        return Ok(path.clone());
    }
    if let Some(given) = std::env::var_os(GIVEN) {
        return PathBuf::from(&given).canonicalize().with_context(|| GIVEN.to_owned());
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--locked", "--bin", "prefect-azure-sync"]).current_dir(&root);
    // ring's build script looks at what cargo tells about our package, and would be built again with all that rests on it
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(&name);
        }
    }
    let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
    if profile == "release" {
        cargo.arg("--release");
    }
    anyhow::ensure!(cargo.status()?.success(), "the binary does not build");
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let path = target.join(profile).join("prefect-azure-sync").canonicalize()?;
    *built = Some(path.clone());
    Ok(path)
}

/// A command of the binary with exactly the settings `environment`.
///
/// # Errors
/// When it does not build.
pub fn command(environment: &[(&str, &str)]) -> anyhow::Result<Command> {
    let mut command = Command::new(binary()?);
    command.env_clear().envs(environment.iter().copied());
    Ok(command)
}

/// Runs the binary to its end.
///
/// # Errors
/// When it does not build or start.
pub fn run(arguments: &[&str], environment: &[(&str, &str)]) -> anyhow::Result<Output> {
    Ok(command(environment)?.args(arguments).output()?)
}
