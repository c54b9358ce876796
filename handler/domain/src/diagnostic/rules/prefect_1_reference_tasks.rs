crate::diagnostic::rule! {
    /// A flow has no reference tasks.
    ///
    /// ## What it finds
    ///
    /// `flow.set_reference_tasks(…)`.
    ///
    /// ## Why it matters
    ///
    /// The state of a flow of Prefect 3 follows from what its function returns or raises.
    ///
    /// ## Example
    ///
    /// ```python
    /// flow.set_reference_tasks([load])
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// @flow
    /// def etl():
    ///     return load(return_state=True)
    /// ```
    "prefect-1-reference-tasks", Warning
}
