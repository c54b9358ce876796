crate::diagnostic::rule! {
    /// A path of an archive has an empty segment.
    ///
    /// ## What it finds
    ///
    /// A name with `//`, with a slash at its end, or without a character.
    ///
    /// ## Why it matters
    ///
    /// Blob Storage and file systems read such a name differently.
    ///
    /// ## Use instead
    ///
    /// Pack the folder again with relative paths.
    "empty-path-segment", Error
}
