crate::diagnostic::rule! {
    /// A deployment names a work pool or a work queue by a name that Prefect refuses.
    ///
    /// ## What it finds
    ///
    /// A `work_pool` or a `work_queue_name` with `/`, `%`, `&`, `>` or `<`, in a declaration or in an overlay.
    ///
    /// ## Why it matters
    ///
    /// Nothing of that name is on any server, and none can be made: the bundle would be registered halfway.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// deployments:
    ///   - name: nightly
    ///     entrypoint: flows/etl.py:etl
    ///     work_pool:
    ///       name: aks/eu
    /// ```
    ///
    /// ## Use instead
    ///
    /// Use letters, digits, spaces, `-` and `_`:
    ///
    /// ```yaml
    /// deployments:
    ///   - name: nightly
    ///     entrypoint: flows/etl.py:etl
    ///     work_pool:
    ///       name: aks-eu
    /// ```
    "work-pool-name", Error
}
