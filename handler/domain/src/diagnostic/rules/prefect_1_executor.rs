crate::diagnostic::rule! {
    /// An executor of Prefect 1 is a task runner.
    ///
    /// ## What it finds
    ///
    /// `flow.executor`: `LocalDaskExecutor` is `ThreadPoolTaskRunner`; others are left out.
    ///
    /// ## Why it matters
    ///
    /// Tasks of Prefect 3 run one after another unless they are submitted; a task runner says where.
    ///
    /// ## Example
    ///
    /// ```python
    /// flow.executor = LocalDaskExecutor(num_workers=4)
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// @flow(task_runner=ThreadPoolTaskRunner(max_workers=4))
    /// ```
    "prefect-1-executor", Warning
}
