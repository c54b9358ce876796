crate::diagnostic::rule! {
    /// Tasks have no triggers.
    ///
    /// ## What it finds
    ///
    /// `trigger` of a task, and names of `prefect.triggers`.
    ///
    /// ## Why it matters
    ///
    /// In Prefect 3 an error goes up through the function of the flow, which decides what happens.
    ///
    /// ## Example
    ///
    /// ```python
    /// @task(trigger=all_finished)
    /// def clean(): ...
    /// ```
    ///
    /// ## Use instead
    ///
    /// Or hand over `allow_failure(future)`.
    ///
    /// ```python
    /// try:
    ///     load()
    /// finally:
    ///     clean()
    /// ```
    "prefect-1-trigger", Error
}
