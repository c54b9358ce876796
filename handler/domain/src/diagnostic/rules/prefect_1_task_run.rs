crate::diagnostic::rule! {
    /// The function of a task is its `fn`.
    ///
    /// ## What it finds
    ///
    /// `task.run(…)`, as tests call it.
    ///
    /// ## Why it matters
    ///
    /// Tasks of Prefect 3 have no `run`.
    ///
    /// ## Example
    ///
    /// ```python
    /// assert add.run(1, 2) == 3
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// assert add.fn(1, 2) == 3
    /// ```
    "prefect-1-task-run", Info
}
