crate::diagnostic::rule! {
    /// An archive holds one path twice.
    ///
    /// ## What it finds
    ///
    /// Two entries of the archive with the same name.
    ///
    /// ## Why it matters
    ///
    /// Which of them counts differs from tool to tool.
    ///
    /// ## Use instead
    ///
    /// Pack the folder again into a new archive.
    "duplicate-path", Error
}
