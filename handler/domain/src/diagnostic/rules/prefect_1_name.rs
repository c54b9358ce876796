crate::diagnostic::rule! {
    /// Prefect 3 does not have this name.
    ///
    /// ## What it finds
    ///
    /// A use of something of Prefect 1 for which there is no rule.
    ///
    /// ## Why it matters
    ///
    /// The import fails, and with it every run.
    ///
    /// ## Example
    ///
    /// ```python
    /// from prefect.utilities.debug import raise_on_exception
    /// ```
    ///
    /// ## Use instead
    ///
    /// Leave it out, or write what it does in plain Python.
    ///
    /// ```python
    /// load()
    /// ```
    "prefect-1-name", Error
}
