crate::diagnostic::rule! {
    /// A field has a value of the wrong type.
    ///
    /// ## What it finds
    ///
    /// A text where a mapping is wanted, a number where a text is wanted, an empty `parameters:`, and the like.
    ///
    /// ## Why it matters
    ///
    /// One such field makes `prefect deploy` skip the whole file in silence.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// deployments:
    ///   - name: nightly
    ///     version: 1.0
    ///     work_pool: my-pool
    /// ```
    ///
    /// ## Use instead
    ///
    /// Quote texts that look like numbers or dates, and give mappings their keys:
    ///
    /// ```yaml
    /// deployments:
    ///   - name: nightly
    ///     version: "1.0"
    ///     work_pool:
    ///       name: my-pool
    /// ```
    "field-type", Error
}
