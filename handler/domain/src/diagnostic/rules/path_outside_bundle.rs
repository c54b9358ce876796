crate::diagnostic::rule! {
    /// A path of an archive may lead out of it.
    ///
    /// ## What it finds
    ///
    /// A path with a segment `.` or `..`.
    ///
    /// ## Why it matters
    ///
    /// Unpacked, such a file could overwrite another one.
    ///
    /// ## Use instead
    ///
    /// Pack the folder with relative paths that stay inside it.
    "path-outside-bundle", Error
}
