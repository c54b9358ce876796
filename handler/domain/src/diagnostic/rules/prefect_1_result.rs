crate::diagnostic::rule! {
    /// Results are kept differently.
    ///
    /// ## What it finds
    ///
    /// `result`, `checkpoint` and `target` of a task or flow, and names of `prefect.engine.results`.
    ///
    /// ## Why it matters
    ///
    /// Prefect 3 keeps results in a storage block, under keys of its own.
    ///
    /// ## Example
    ///
    /// ```python
    /// @task(result=S3Result(bucket="rows"))
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// @task(persist_result=True, result_storage="s3-bucket/rows")
    /// ```
    "prefect-1-result", Warning
}
