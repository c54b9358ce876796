crate::diagnostic::rule! {
    /// A `.prefectignore` cannot be read.
    ///
    /// ## What it finds
    ///
    /// One that is too large or not UTF-8.
    ///
    /// ## Why it matters
    ///
    /// Which files count is not known.
    ///
    /// ## Use instead
    ///
    /// Save it as UTF-8.
    "unreadable-ignore-file", Error
}
