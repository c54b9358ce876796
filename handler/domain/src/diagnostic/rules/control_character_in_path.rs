crate::diagnostic::rule! {
    /// A path of an archive holds a control character.
    ///
    /// ## What it finds
    ///
    /// A name with a line break, a NUL or another character that Blob Storage cannot list.
    ///
    /// ## Why it matters
    ///
    /// Such a file cannot be staged, and its name can hide others in a listing.
    ///
    /// ## Use instead
    ///
    /// Rename the file.
    "control-character-in-path", Error
}
