crate::diagnostic::rule! {
    /// The files of an archive have more bytes than may be.
    ///
    /// ## What it finds
    ///
    /// An archive that unpacks to more than `SYNC_MAX_EXPANDED_BYTES`.
    ///
    /// ## Why it matters
    ///
    /// The limit protects the workers that read bundles. The bundle is held.
    ///
    /// ## Use instead
    ///
    /// Leave data out of the bundle, or raise `SYNC_MAX_EXPANDED_BYTES`.
    "expands-too-much", Error
}
