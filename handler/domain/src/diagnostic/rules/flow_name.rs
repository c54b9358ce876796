crate::diagnostic::rule! {
    /// A flow has a name that Prefect refuses.
    ///
    /// ## What it finds
    ///
    /// A flow name with `/`, `%`, `&`, `>` or `<`.
    ///
    /// ## Why it matters
    ///
    /// Prefect raises when the file is imported, so that no run can start.
    ///
    /// ## Example
    ///
    /// ```python
    /// @flow(name="load/etl")
    /// def etl():
    ///     ...
    /// ```
    ///
    /// ## Use instead
    ///
    /// Use letters, digits, spaces, `-` and `_`.
    "flow-name", Error
}
