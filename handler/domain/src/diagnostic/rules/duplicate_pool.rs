crate::diagnostic::rule! {
    /// A work pool is declared twice in one bundle.
    ///
    /// ## What it finds
    ///
    /// Two files in `work-pools/`, or two entries of one, with one name.
    ///
    /// ## Why it matters
    ///
    /// The second would overwrite the first, in each pass again.
    ///
    /// ## Use instead
    ///
    /// Keep one of them, or give one another name.
    "duplicate-pool", Error
}
