crate::diagnostic::rule! {
    /// A deployment names no work pool.
    ///
    /// ## What it finds
    ///
    /// A missing `work_pool` or a `work_pool` without `name`.
    ///
    /// ## Why it matters
    ///
    /// No worker would ever take its runs: they stay late.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// deployments:
    ///   - name: nightly
    ///     entrypoint: flows/etl.py:etl
    /// ```
    ///
    /// ## Use instead
    ///
    /// Name the pool:
    ///
    /// ```yaml
    /// deployments:
    ///   - name: nightly
    ///     entrypoint: flows/etl.py:etl
    ///     work_pool:
    ///       name: my-pool
    /// ```
    "work-pool", Error
}
