//! How much text of a bundle is kept in memory.

/// Most bytes of kept source, all files together: what stays in memory.
pub(super) const MAX_TEXTS: usize = 16 << 20;
/// Most bytes of kept JSON and text files, which are data more often than source.
const MAX_DATA_TEXTS: usize = 4 << 20;

/// How much is kept so far.
#[derive(Debug, Default)]
pub(super) struct Texts {
    source: usize,
    data: usize,
}

impl Texts {
    /// Whether the file `path` of so many bytes is kept, too.
    pub(super) fn fits(&mut self, path: &str, bytes: usize) -> bool {
        let (kept, most) = if is_data(path) {
            (&mut self.data, MAX_DATA_TEXTS)
        } else {
            (&mut self.source, MAX_TEXTS)
        };
        let fits = *kept + bytes <= most;
        if fits {
            *kept += bytes;
        }
        fits
    }
}

/// Whether the file is data more often than source.
pub(super) fn is_data(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    matches!(name.rsplit_once('.'), Some((stem, "json" | "txt")) if !stem.contains("requirements"))
}
