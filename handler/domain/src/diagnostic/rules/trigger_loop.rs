crate::diagnostic::rule! {
    /// A trigger would be set off by the runs it starts.
    ///
    /// ## What it finds
    ///
    /// A trigger that expects events of flow runs and does not exclude those of its own deployment.
    ///
    /// ## Why it matters
    ///
    /// The deployment would run again and again; Prefect's server refuses such an automation.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// triggers:
    ///   - expect: [prefect.flow-run.Completed]
    /// ```
    ///
    /// ## Use instead
    ///
    /// Narrow it by `match` or `match_related`:
    ///
    /// ```yaml
    /// triggers:
    ///   - expect: [prefect.flow-run.Completed]
    ///     match_related:
    ///       prefect.resource.role: flow
    ///       prefect.resource.name: load
    /// ```
    "trigger-loop", Error
}
