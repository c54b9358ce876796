crate::diagnostic::rule! {
    /// A key is given twice.
    ///
    /// ## What it finds
    ///
    /// Two entries of one mapping with the same key.
    ///
    /// ## Why it matters
    ///
    /// The last one counts, and the first is lost in silence.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// deployments:
    ///   - name: nightly
    ///     tags: [etl]
    ///     tags: [sales]
    /// ```
    ///
    /// ## Use instead
    ///
    /// Keep one.
    "yaml-duplicate-key", Warning
}
