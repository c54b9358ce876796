crate::diagnostic::rule! {
    /// A key of a deployment stands at the top of the file.
    ///
    /// ## What it finds
    ///
    /// `entrypoint`, `work_pool`, `schedules` and the like beside `deployments:`.
    ///
    /// ## Why it matters
    ///
    /// Prefect ignores it there in silence.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// name: project
    /// work_pool:
    ///   name: my-pool
    /// deployments:
    ///   - name: nightly
    /// ```
    ///
    /// ## Use instead
    ///
    /// Move it into each deployment; an anchor saves writing it twice:
    ///
    /// ```yaml
    /// definitions:
    ///   pool: &pool
    ///     name: my-pool
    /// deployments:
    ///   - name: nightly
    ///     work_pool: *pool
    /// ```
    "misplaced-key", Warning
}
