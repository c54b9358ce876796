//! Prefect and Azurite, pinned, installed once per lock into a cache folder of the user's.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

/// The folder of `tests/locks/…`.
fn locks() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("locks")
}

/// `$XDG_CACHE_HOME/prefect-azure-sync`, or `~/.cache/prefect-azure-sync`.
fn cache() -> anyhow::Result<PathBuf> {
    let base = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|it| PathBuf::from(it).join(".cache"));
    let base = base.or_else(home).context("neither XDG_CACHE_HOME nor HOME is set")?;
    Ok(base.join("prefect-azure-sync"))
}

/// The folder with the virtual environment of Prefect `version`, made when it is not there.
///
/// # Errors
/// When python3 is missing or pip fails.
pub fn prefect(version: &str) -> anyhow::Result<PathBuf> {
    let lock = locks().join(format!("prefect-{version}.txt"));
    let text = fs::read_to_string(&lock)?;
    once(&format!("prefect-{version}"), &text, |folder| {
        let python = Command::new("python3").args(["-m", "venv"]).arg(folder).status();
        let python = python.context("python3 is missing: install Python 3.10 to 3.13 with venv")?;
        if !python.success() {
            bail!("python3 -m venv failed: install the venv module (Debian: python3-venv)");
        }
        let mut pip = Command::new(folder.join("bin/python"));
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--disable-pip-version-check",
            "-r",
        ])
        .arg(&lock);
        checked(&mut pip)
    })
}

/// The folder with Azurite and the Node that it needs, made when it is not there.
///
/// # Errors
/// When npm is missing or fails.
pub fn azurite() -> anyhow::Result<PathBuf> {
    let from = locks().join("azurite");
    let text = fs::read_to_string(from.join("package-lock.json"))?;
    once("azurite", &text, |folder| {
        fs::create_dir_all(folder)?;
        for name in ["package.json", "package-lock.json"] {
            fs::copy(from.join(name), folder.join(name))?;
        }
        let mut npm = Command::new("npm");
        npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(folder);
        checked(&mut npm).context("npm is needed: install Node.js 18 or newer")
    })
}

fn checked(command: &mut Command) -> anyhow::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("{name} cannot be started"))?;
    if status.success() { Ok(()) } else { bail!("{name} failed: {status}") }
}

/// Runs `install` for the folder `<name>-<hash of the lock>` unless it is complete; one process at a time.
fn once(
    name: &str,
    lock: &str,
    install: impl FnOnce(&Path) -> anyhow::Result<()>,
) -> anyhow::Result<PathBuf> {
    let digest = domain::bundle::sha256_hex(lock.as_bytes());
    let hash = digest.get(..12).unwrap_or(&digest);
    let cache = cache()?;
    let folder = cache.join(format!("{name}-{hash}"));
    let complete = folder.join(".complete");
    fs::create_dir_all(&cache)?;
    let guard = fs::File::create(cache.join(format!("{name}-{hash}.lock")))?;
    guard.lock()?;
    if complete.exists() {
        return Ok(folder);
    }
    eprintln!("world: installing {name} into {} (once)", folder.display());
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    install(&folder)?;
    fs::write(&complete, "")?;
    Ok(folder)
}
