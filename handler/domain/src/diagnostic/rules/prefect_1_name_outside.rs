crate::diagnostic::rule! {
    /// A variable of the flow is used outside of it.
    ///
    /// ## What it finds
    ///
    /// A name that is set below `with Flow` and read behind it.
    ///
    /// ## Why it matters
    ///
    /// It is local to the function now, so the file fails with a `NameError`.
    ///
    /// ## Example
    ///
    /// ```python
    /// with Flow("etl") as flow:
    ///     rows = extract()
    /// print(rows)
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// @flow
    /// def etl():
    ///     return extract()
    ///
    /// print(etl())
    /// ```
    "prefect-1-name-outside", Error
}
