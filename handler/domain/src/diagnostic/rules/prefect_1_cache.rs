crate::diagnostic::rule! {
    /// The cache of a task depends on all of its inputs.
    ///
    /// ## What it finds
    ///
    /// `cache_for` or `cache_validator` of a task.
    ///
    /// ## Why it matters
    ///
    /// Prefect 1 validates a cached result by functions of its own; Prefect 3 computes a key. The same run may be cached
    /// differently.
    ///
    /// ## Example
    ///
    /// ```python
    /// @task(cache_for=timedelta(hours=1))
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// @task(cache_policy=INPUTS, cache_expiration=timedelta(hours=1))
    /// ```
    "prefect-1-cache", Warning
}
