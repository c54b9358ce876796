crate::diagnostic::rule! {
    /// `task_args` is gone.
    ///
    /// ## What it finds
    ///
    /// A call of a task with `task_args`.
    ///
    /// ## Why it matters
    ///
    /// Prefect 3 would hand it to the function as an argument.
    ///
    /// ## Example
    ///
    /// ```python
    /// load(rows, task_args={"name": "load-eu"})
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// load.with_options(name="load-eu")(rows)
    /// ```
    "prefect-1-task-args", Error
}
