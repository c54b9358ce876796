crate::diagnostic::rule! {
    /// The client of Prefect 1 is gone.
    ///
    /// ## What it finds
    ///
    /// A use of `prefect.Client`, which talks GraphQL.
    ///
    /// ## Why it matters
    ///
    /// The server of Prefect 3 has a REST interface and another client.
    ///
    /// ## Example
    ///
    /// ```python
    /// Client().create_flow_run(flow_id=flow_id)
    /// ```
    ///
    /// ## Use instead
    ///
    /// For what `run_deployment` does not do, use `prefect.client.orchestration.get_client`.
    ///
    /// ```python
    /// run_deployment("etl/daily")
    /// ```
    "prefect-1-client", Error
}
