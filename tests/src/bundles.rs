//! Bundles made of texts or of a folder.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;

/// A zip of `files`: path and text.
///
/// # Errors
/// When a file cannot be packed.
pub fn zip_of(files: &[(&str, &str)]) -> anyhow::Result<Vec<u8>> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (path, text) in files {
        writer.start_file(*path, SimpleFileOptions::default())?;
        writer.write_all(text.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}

/// The example project of the repository, with `edit` applied to its prefect.yaml.
///
/// # Errors
/// When it cannot be read.
pub fn hello(edit: impl FnOnce(String) -> String) -> anyhow::Result<Vec<u8>> {
    let folder = example();
    let yaml = edit(std::fs::read_to_string(folder.join("prefect.yaml"))?);
    let flow = std::fs::read_to_string(folder.join("flows/hello.py"))?;
    zip_of(&[("prefect.yaml", &yaml), ("flows/hello.py", &flow)])
}

/// The folder of the example project.
pub fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("bundles/hello")
}
