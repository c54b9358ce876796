crate::diagnostic::rule! {
    /// A signal is an error or a state.
    ///
    /// ## What it finds
    ///
    /// `raise signals.FAIL(…)` and the other signals.
    ///
    /// ## Why it matters
    ///
    /// A task that raises any error has failed; other states are returned.
    ///
    /// ## Example
    ///
    /// ```python
    /// raise signals.FAIL("no rows")
    /// raise signals.SUCCESS()
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// raise ValueError("no rows")
    /// return Completed()
    /// ```
    "prefect-1-signal", Info
}
