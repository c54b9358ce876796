crate::diagnostic::rule! {
    /// An archive has more bytes than may be read.
    ///
    /// ## What it finds
    ///
    /// An upload above the limit `SYNC_MAX_ARCHIVE_BYTES`.
    ///
    /// ## Why it matters
    ///
    /// The limit protects the workers that read bundles. The bundle is held.
    ///
    /// ## Use instead
    ///
    /// Leave data, environments and build results out of the archive, or raise `SYNC_MAX_ARCHIVE_BYTES`.
    "archive-too-large", Error
}
