//! PATH: which folder or archive is meant, and the id of its bundle.

use std::io;
use std::path::{Path, PathBuf};

use domain::names::{BundleId, EXTENSIONS, NameError};

use super::args::Source;
use super::failure::Usage;

const WANTED: &str = "give a project folder, or a .zip, .tar.gz or .tgz";
/// The most characters of an id.
const MOST: usize = 200;

/// What PATH names.
#[derive(Debug)]
pub(super) struct Target {
    /// The project's folder, or the archive; without links.
    pub(super) root: PathBuf,
    /// The folder or file of the project that is meant, `/`-separated; empty for all of it.
    pub(super) below: String,
}

/// What PATH names, and `--root`.
///
/// # Errors
/// [`Usage`] when it is not there, nothing that is read, or not below `--root`.
pub(super) fn target(source: &Source) -> Result<Target, Usage> {
    let path = canonical(&source.path, "folder or file", WANTED)?;
    let root = match &source.root {
        None if is_archive(&path) => return Ok(Target { root: path, below: String::new() }),
        Some(_) if is_archive(&path) => {
            let message = "--root is a folder on this machine, and an archive has a top of its own";
            let hint = "leave it out, or unpack the archive and give its folder";
            return Err(Usage { message: message.to_owned(), hint: hint.to_owned() });
        }
        Some(root) => canonical(root, "folder", "--root is the folder that imports start from")?,
        None if path.is_dir() => path.clone(),
        None => root_of(&path).to_owned(),
    };
    if !path.is_dir() && !is_read(&path) {
        let message = format!("`{}` is neither a folder nor an archive", source.path.display());
        return Err(Usage { message, hint: WANTED.to_owned() });
    }
    let below = path.strip_prefix(&root).ok().ok_or_else(|| Usage {
        message: format!("`{}` is not below --root `{}`", path.display(), root.display()),
        hint: "give a folder above it".to_owned(),
    })?;
    Ok(Target { below: below.to_string_lossy().replace('\\', "/"), root })
}

fn is_archive(path: &Path) -> bool {
    path.is_file() && BundleId::of_blob(&name(path)).is_some()
}

/// Whether a file of that name may declare something.
fn is_read(path: &Path) -> bool {
    path.extension().is_some_and(|it| ["yaml", "yml", "py"].iter().any(|known| it == *known))
}

/// The nearest folder upwards with a prefect.yaml, where entrypoints start; else the file's.
fn root_of(file: &Path) -> &Path {
    let project = file.ancestors().skip(1).find(|it| it.join("prefect.yaml").is_file());
    project.or_else(|| file.parent()).unwrap_or(file)
}

/// `given` without links; `what` it should be, and the hint `wanted`, are for the person.
///
/// # Errors
/// [`Usage`] when it is not there or cannot be looked at.
pub(super) fn canonical(given: &Path, what: &str, wanted: &str) -> Result<PathBuf, Usage> {
    given.canonicalize().map_err(|error| {
        let shown = given.display();
        let message = match error.kind() {
            io::ErrorKind::NotFound => format!("there is no {what} `{shown}`"),
            _ => format!("`{shown}` cannot be used: {error}"),
        };
        Usage { message, hint: wanted.to_owned() }
    })
}

/// `--bundle`, else the name of the folder or archive: it tags what is registered.
///
/// # Errors
/// [`Usage`] when PATH cannot be used, or its name is no bundle id.
pub(super) fn id(source: &Source) -> Result<BundleId, Usage> {
    if let Some(id) = &source.bundle {
        return Ok(id.clone());
    }
    let name = name(&target(source)?.root);
    named(&name).map_err(|error| Usage {
        message: format!("the name of PATH is no bundle id: {error}"),
        hint: format!("give one with --bundle, such as --bundle {}", near(&name)),
    })
}

/// As [`id`], but a name that is none becomes one, since nothing is registered.
///
/// # Errors
/// [`Usage`] when PATH cannot be used.
pub(super) fn any_id(source: &Source) -> Result<BundleId, Usage> {
    match id(source) {
        Ok(id) => Ok(id),
        Err(error) => BundleId::new(near(&name(&target(source)?.root))).ok().ok_or(error),
    }
}

fn named(name: &str) -> Result<BundleId, NameError> {
    match BundleId::of_blob(name) {
        Some(id) => id.map(|it| it.0),
        None => BundleId::new(name),
    }
}

fn name(path: &Path) -> String {
    path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default()
}

/// `name` with `-` for what an id cannot have: `my project (2).zip` is `my-project-2`.
fn near(name: &str) -> String {
    let stem = EXTENSIONS.into_iter().find_map(|it| name.strip_suffix(it)).unwrap_or(name);
    let fits = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '_' | '-');
    let words = stem.split(|it| !fits(it)).filter(|it| !it.is_empty());
    let joined = words.collect::<Vec<_>>().join("-");
    let id: String = joined.trim_start_matches(['.', '_', '-']).chars().take(MOST).collect();
    if id.is_empty() { "project".to_owned() } else { id }
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn a_name_that_is_no_id_has_one_near() {
        for (name, id) in [
            ("my project (2).tar.gz", "my-project-2"),
            ("_work", "work"),
            ("Übung", "bung"),
            ("...", "project"),
            ("", "project"),
        ] {
            assert_eq!(near(name), id);
        }
    }
}
