crate::diagnostic::rule! {
    /// The bundle declares nothing.
    ///
    /// ## What it finds
    ///
    /// A bundle without a file that declares deployments.
    ///
    /// ## Why it matters
    ///
    /// There is nothing to register; most often another folder than the project's was packed, or `.prefectignore`
    /// excludes too much.
    ///
    /// ## Use instead
    ///
    /// Add a `prefect.yaml` at the root of the project:
    ///
    /// ```yaml
    /// deployments:
    ///   - name: nightly
    ///     entrypoint: flows/etl.py:etl
    ///     work_pool:
    ///       name: my-pool
    /// ```
    "no-declaration", Error
}
