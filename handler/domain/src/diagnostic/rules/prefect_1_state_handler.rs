crate::diagnostic::rule! {
    /// State handlers are hooks.
    ///
    /// ## What it finds
    ///
    /// `state_handlers` and `on_failure` of a task.
    ///
    /// ## Why it matters
    ///
    /// A handler takes the old and the new state and may change it; a hook of Prefect 3 takes (task, run, state) and only
    /// looks.
    ///
    /// ## Example
    ///
    /// ```python
    /// @task(state_handlers=[notify])
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// @task(on_failure=[notify], on_completion=[notify])
    /// ```
    "prefect-1-state-handler", Error
}
