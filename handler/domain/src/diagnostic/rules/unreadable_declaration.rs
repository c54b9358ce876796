crate::diagnostic::rule! {
    /// A declaration file cannot be read.
    ///
    /// ## What it finds
    ///
    /// A `prefect.yaml` that is larger than 256 KiB or not UTF-8.
    ///
    /// ## Why it matters
    ///
    /// What it declares is not known, so nothing is registered and nothing removed.
    ///
    /// ## Use instead
    ///
    /// Save it as UTF-8; split a large one over several folders.
    "unreadable-declaration", Error
}
