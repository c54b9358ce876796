crate::diagnostic::rule! {
    /// Two triggers of a deployment have one name.
    ///
    /// ## What it finds
    ///
    /// Two entries of `triggers` with the same `name`.
    ///
    /// ## Why it matters
    ///
    /// The name is how we know an automation again on the server: one of the two would be taken for the other, and both changed at
    /// every pass.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// triggers:
    ///   - name: on-upload
    ///     expect: [blob.created]
    ///   - name: on-upload
    ///     expect: [blob.renamed]
    /// ```
    ///
    /// ## Use instead
    ///
    /// Give each its own name, or none: then they are numbered.
    "duplicate-trigger", Error
}
