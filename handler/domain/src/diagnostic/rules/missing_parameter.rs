crate::diagnostic::rule! {
    /// A scheduled run cannot start, since nothing gives a parameter.
    ///
    /// ## What it finds
    ///
    /// An active schedule of a flow that has a parameter without default, which neither the deployment nor the schedule
    /// gives.
    ///
    /// ## Why it matters
    ///
    /// The server creates the runs, and each of them fails.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// deployments:
    ///   - name: nightly
    ///     entrypoint: flows/etl.py:etl   # def etl(day: str)
    ///     schedules:
    ///       - cron: "0 5 * * *"
    /// ```
    ///
    /// ## Use instead
    ///
    /// Give it in the deployment or in the schedule, or give it a default in the flow:
    ///
    /// ```yaml
    /// deployments:
    ///   - name: nightly
    ///     entrypoint: flows/etl.py:etl
    ///     parameters:
    ///       day: today
    ///     schedules:
    ///       - cron: "0 5 * * *"
    /// ```
    "missing-parameter", Warning
}
