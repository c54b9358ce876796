crate::diagnostic::rule! {
    /// An entry is the untouched template of `prefect init`.
    ///
    /// ## What it finds
    ///
    /// An entry of `deployments` with neither `name` nor `entrypoint`.
    ///
    /// ## Why it matters
    ///
    /// It is skipped, as Prefect does.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// deployments:
    ///   - name:
    ///     entrypoint:
    ///     work_pool:
    ///       name:
    /// ```
    ///
    /// ## Use instead
    ///
    /// Fill it in or remove it.
    "untouched-template", Warning
}
