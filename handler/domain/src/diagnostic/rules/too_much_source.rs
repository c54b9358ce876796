crate::diagnostic::rule! {
    /// A bundle has more source than is kept in memory.
    ///
    /// ## What it finds
    ///
    /// More than 16 MiB of Python, YAML and TOML files.
    ///
    /// ## Why it matters
    ///
    /// What is not kept cannot be read, so that a flow could be missed.
    ///
    /// ## Use instead
    ///
    /// Name what does not belong to the flows in `.prefectignore`, or leave it out.
    "too-much-source", Error
}
