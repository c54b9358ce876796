crate::diagnostic::rule! {
    /// An archive expands suspiciously much.
    ///
    /// ## What it finds
    ///
    /// An archive that unpacks to more than `SYNC_MAX_RATIO` times its size.
    ///
    /// ## Why it matters
    ///
    /// Such archives are made to fill a disk.
    ///
    /// ## Use instead
    ///
    /// Leave data out of the bundle, or raise `SYNC_MAX_RATIO`.
    "ratio-too-high", Error
}
