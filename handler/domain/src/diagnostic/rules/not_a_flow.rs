crate::diagnostic::rule! {
    /// The function of an entrypoint is no flow.
    ///
    /// ## What it finds
    ///
    /// An entrypoint that leads to a function without `@flow`.
    ///
    /// ## Why it matters
    ///
    /// A worker can only run flows: every run would fail.
    ///
    /// ## Example
    ///
    /// ```python
    /// def etl():
    ///     ...
    /// ```
    ///
    /// ## Use instead
    ///
    /// Decorate it:
    ///
    /// ```python
    /// from prefect import flow
    ///
    /// @flow
    /// def etl():
    ///     ...
    /// ```
    "not-a-flow", Error
}
