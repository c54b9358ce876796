crate::diagnostic::rule! {
    /// A setting of a flow is not converted.
    ///
    /// ## What it finds
    ///
    /// An argument of `Flow(…)` or an attribute that is set on it: `result`, `state_handlers`, `validate` and others.
    ///
    /// ## Why it matters
    ///
    /// The flow runs without it until it is written anew.
    ///
    /// ## Example
    ///
    /// ```python
    /// with Flow("etl", state_handlers=[notify]) as flow: ...
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// @flow(on_failure=[notify], on_completion=[notify])
    /// ```
    "prefect-1-flow-setting", Warning
}
