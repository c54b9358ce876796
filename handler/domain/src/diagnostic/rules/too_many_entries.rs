crate::diagnostic::rule! {
    /// An archive has too many entries.
    ///
    /// ## What it finds
    ///
    /// An archive or a folder with more files than `SYNC_MAX_ENTRIES`.
    ///
    /// ## Why it matters
    ///
    /// The limit protects the workers that read bundles. The bundle is held.
    ///
    /// ## Use instead
    ///
    /// Leave environments such as `.venv` and data out, or raise `SYNC_MAX_ENTRIES`.
    "too-many-entries", Error
}
