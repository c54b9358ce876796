crate::diagnostic::rule! {
    /// Arguments of `@task` have other names.
    ///
    /// ## What it finds
    ///
    /// `max_retries`, `retry_delay`, `timeout`, `task_run_name` and others; an error for what Prefect 3 does not have.
    ///
    /// ## Why it matters
    ///
    /// Prefect 3 refuses an argument that it does not know when the file is imported.
    ///
    /// ## Example
    ///
    /// ```python
    /// @task(max_retries=3, retry_delay=timedelta(seconds=10))
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// @task(retries=3, retry_delay_seconds=10)
    /// ```
    "prefect-1-task", Info
}
