crate::diagnostic::rule! {
    /// The name of a flow changes.
    ///
    /// ## What it finds
    ///
    /// A name with one of the characters `/`, `%`, `&`, `<` and `>`, which Prefect 3 refuses.
    ///
    /// ## Why it matters
    ///
    /// Runs, automations and links know a flow by its name.
    ///
    /// ## Example
    ///
    /// ```python
    /// with Flow("sales/daily") as flow: ...
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// @flow(name="sales-daily")
    /// ```
    "prefect-1-flow-name", Warning
}
