crate::diagnostic::rule! {
    /// What follows a skipped task is not skipped.
    ///
    /// ## What it finds
    ///
    /// A task behind `case` that depends on a task in it.
    ///
    /// ## Why it matters
    ///
    /// Prefect 1 skips whatever depends on a skipped task; plain Python goes on behind the `if`.
    ///
    /// ## Example
    ///
    /// ```python
    /// with case(ready, True):
    ///     rows = extract()
    /// load(rows)
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// if ready:
    ///     rows = extract()
    ///     load(rows)
    /// ```
    "prefect-1-skip", Warning
}
