crate::diagnostic::rule! {
    /// A key of a schedule has no effect.
    ///
    /// ## What it finds
    ///
    /// `max_scheduled_runs`, `max_active_runs` or `catchup` in a schedule of a deployment file in Python, or for Prefect 2 in
    /// that of a prefect.yaml; Prefect 3 refuses such a prefect.yaml.
    ///
    /// ## Why it matters
    ///
    /// The server drops them in silence, so that a limit which the file promises does not exist.
    ///
    /// ## Example
    ///
    /// ```python
    /// main.deploy(name="daily", schedules=[{"cron": "0 5 * * *", "max_active_runs": 1}])
    /// ```
    ///
    /// ## Use instead
    ///
    /// Remove the key; limit the deployment instead:
    ///
    /// ```python
    /// main.deploy(name="daily", cron="0 5 * * *", concurrency_limit=1)
    /// ```
    "dropped-schedule-key", Warning
}
