crate::diagnostic::rule! {
    /// A key has no effect where it stands.
    ///
    /// ## What it finds
    ///
    /// A key that Prefect does not know there, such as `job_variables` beside `work_pool`, or a misspelt one.
    ///
    /// ## Why it matters
    ///
    /// Prefect ignores it in silence.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// deployments:
    ///   - name: nightly
    ///     work_pool:
    ///       name: my-pool
    ///     job_variables:
    ///       image: etl:1
    /// ```
    ///
    /// ## Use instead
    ///
    /// Move or correct it, as the hint says:
    ///
    /// ```yaml
    /// deployments:
    ///   - name: nightly
    ///     work_pool:
    ///       name: my-pool
    ///       job_variables:
    ///         image: etl:1
    /// ```
    "unknown-key", Warning
}
