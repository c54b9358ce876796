crate::diagnostic::rule! {
    /// A flow's parameter has a name that Prefect does not allow.
    ///
    /// ## What it finds
    ///
    /// A parameter named `return_state` or `wait_for`, or one that starts with an underscore.
    ///
    /// ## Why it matters
    ///
    /// Prefect raises when the file is imported, so that no run can start.
    ///
    /// ## Example
    ///
    /// ```python
    /// @flow
    /// def etl(wait_for: str):
    ///     ...
    /// ```
    ///
    /// ## Use instead
    ///
    /// Rename it:
    ///
    /// ```python
    /// @flow
    /// def etl(wait_until: str):
    ///     ...
    /// ```
    "reserved-parameter", Error
}
