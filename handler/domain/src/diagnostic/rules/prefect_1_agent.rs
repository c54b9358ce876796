crate::diagnostic::rule! {
    /// A flow of Prefect 1 runs in a work pool.
    ///
    /// ## What it finds
    ///
    /// The work pool that the new deployment names, chosen by the run config of the flow.
    ///
    /// ## Why it matters
    ///
    /// Prefect 3 has no agents: workers of a pool run the flows, and a deployment without a pool is never run.
    ///
    /// ## Example
    ///
    /// ```sh
    /// prefect agent kubernetes start
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```sh
    /// prefect work-pool create kubernetes --type kubernetes
    /// prefect worker start --pool kubernetes
    /// ```
    "prefect-1-agent", Info
}
