crate::diagnostic::rule! {
    /// An entry of an archive is neither a file nor a folder.
    ///
    /// ## What it finds
    ///
    /// A symbolic or hard link, a device or a pipe.
    ///
    /// ## Why it matters
    ///
    /// A link may lead out of the bundle, and workers do not get such entries.
    ///
    /// ## Use instead
    ///
    /// Put a plain file there, or leave the entry out.
    "not-a-file", Error
}
