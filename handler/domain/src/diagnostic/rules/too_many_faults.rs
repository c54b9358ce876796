crate::diagnostic::rule! {
    /// An archive has so many faults that the rest was not read.
    ///
    /// ## What it finds
    ///
    /// A hundred faults of paths in one archive.
    ///
    /// ## Why it matters
    ///
    /// There may be more after them.
    ///
    /// ## Use instead
    ///
    /// Correct the ones that are shown first.
    "too-many-faults", Error
}
