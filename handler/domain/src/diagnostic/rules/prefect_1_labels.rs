crate::diagnostic::rule! {
    /// Labels choose no worker.
    ///
    /// ## What it finds
    ///
    /// Labels of a run config or of `register`: they become tags of the deployment.
    ///
    /// ## Why it matters
    ///
    /// In Prefect 1 an agent takes only the flows that share its labels; a tag is only looked at by people and automations.
    ///
    /// ## Example
    ///
    /// ```python
    /// flow.run_config = UniversalRun(labels=["gpu"])
    /// ```
    ///
    /// ## Use instead
    ///
    /// Where labels chose an agent, give the deployment a queue or a pool of its own.
    ///
    /// ```yaml
    /// work_pool:
    ///   name: kubernetes
    ///   work_queue_name: gpu
    /// ```
    "prefect-1-labels", Warning
}
