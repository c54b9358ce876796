crate::diagnostic::rule! {
    /// An archive cannot be read.
    ///
    /// ## What it finds
    ///
    /// An upload that is damaged, not complete, or not of the kind that its name says.
    ///
    /// ## Why it matters
    ///
    /// Nothing is known of its content. What is registered stays as it is.
    ///
    /// ## Use instead
    ///
    /// Pack and upload it again as `.zip`, `.tar.gz` or `.tgz`.
    "unreadable-archive", Error
}
