//! What an archive may hold.

/// What an archive may hold; each is a setting `SYNC_MAX_…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// `SYNC_MAX_ARCHIVE_BYTES` (default 512 MiB): compressed.
    pub archive_bytes: u64,
    /// `SYNC_MAX_EXPANDED_BYTES` (default 2 GiB): all files together.
    pub expanded_bytes: u64,
    /// `SYNC_MAX_RATIO` (default 200): expanded to compressed, looked at above 1 MiB.
    pub ratio: u64,
    /// `SYNC_MAX_ENTRIES` (default 20000).
    pub entries: usize,
    /// `SYNC_MAX_DEPTH` (default 32): folders of a path.
    pub depth: usize,
    /// `SYNC_MAX_NAME_BYTES` (default 255): one segment of a path.
    pub name_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            archive_bytes: 512 << 20,
            expanded_bytes: 2 << 30,
            ratio: 200,
            entries: 20_000,
            depth: 32,
            name_bytes: 255,
        }
    }
}
