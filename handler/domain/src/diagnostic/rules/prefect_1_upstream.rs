crate::diagnostic::rule! {
    /// `upstream_tasks` is `wait_for`.
    ///
    /// ## What it finds
    ///
    /// A call of a task with `upstream_tasks`.
    ///
    /// ## Why it matters
    ///
    /// Prefect 3 would hand it to the function as an argument.
    ///
    /// ## Example
    ///
    /// ```python
    /// load(rows, upstream_tasks=[clean])
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// load(rows, wait_for=[clean])
    /// ```
    "prefect-1-upstream", Info
}
