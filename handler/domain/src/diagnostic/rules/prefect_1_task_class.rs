crate::diagnostic::rule! {
    /// A class of tasks is a function.
    ///
    /// ## What it finds
    ///
    /// A class that inherits from `Task`.
    ///
    /// ## Why it matters
    ///
    /// Tasks of Prefect 3 are functions with `@task`.
    ///
    /// ## Example
    ///
    /// ```python
    /// class Load(Task):
    ///     def run(self, rows): ...
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// @task
    /// def load(rows): ...
    /// ```
    "prefect-1-task-class", Error
}
