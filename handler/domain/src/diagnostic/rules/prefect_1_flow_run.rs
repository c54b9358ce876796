crate::diagnostic::rule! {
    /// Runs of other flows are started differently.
    ///
    /// ## What it finds
    ///
    /// `create_flow_run`, `StartFlowRun`, `wait_for_flow_run` and the like.
    ///
    /// ## Why it matters
    ///
    /// The tasks do not exist in Prefect 3.
    ///
    /// ## Example
    ///
    /// ```python
    /// run = create_flow_run(flow_name="load", project_name="etl")
    /// wait_for_flow_run(run)
    /// ```
    ///
    /// ## Use instead
    ///
    /// `run_deployment` waits for the run; or call the function of the other flow, which is then a run inside this one.
    ///
    /// ```python
    /// run_deployment("load/etl")
    /// ```
    "prefect-1-flow-run", Error
}
