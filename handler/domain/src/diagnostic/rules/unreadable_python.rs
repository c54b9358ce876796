crate::diagnostic::rule! {
    /// A Python file cannot be read.
    ///
    /// ## What it finds
    ///
    /// A file that an entrypoint leads to and that is larger than 256 KiB or not UTF-8.
    ///
    /// ## Why it matters
    ///
    /// Its flows are not known.
    ///
    /// ## Use instead
    ///
    /// Save it as UTF-8, and move data out of it.
    "unreadable-python", Error
}
