crate::diagnostic::rule! {
    /// The work pool has no such job variable.
    ///
    /// ## What it finds
    ///
    /// A job variable, made of an infrastructure block or of overrides, that the base job template of the pool does
    /// not take.
    ///
    /// ## Why it matters
    ///
    /// Workers drop it without a word.
    ///
    /// ## Example
    ///
    /// ```python
    /// infra_overrides={"nodeSelector": {"pool": "big"}}
    /// ```
    ///
    /// ## Use instead
    ///
    /// Add the variable to the base job template of the pool.
    "job-variable", Warning
}
