crate::diagnostic::rule! {
    /// States are elsewhere.
    ///
    /// ## What it finds
    ///
    /// A name of `prefect.engine.state` or another module of `prefect.engine`.
    ///
    /// ## Why it matters
    ///
    /// The module has another meaning in Prefect 3.
    ///
    /// ## Example
    ///
    /// ```python
    /// from prefect.engine.state import Failed
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// from prefect.states import Failed
    /// ```
    "prefect-1-state", Error
}
