crate::diagnostic::rule! {
    /// `prefect.context` is gone.
    ///
    /// ## What it finds
    ///
    /// A value of `prefect.context`: the logger, the ids and times of a run. An error for what Prefect 3 does not have.
    ///
    /// ## Why it matters
    ///
    /// Prefect 3 gives them by functions of their own.
    ///
    /// ## Example
    ///
    /// ```python
    /// logger = prefect.context.get("logger")
    /// day = prefect.context.scheduled_start_time
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// logger = get_run_logger()
    /// day = runtime.flow_run.scheduled_start_time
    /// ```
    "prefect-1-context", Info
}
