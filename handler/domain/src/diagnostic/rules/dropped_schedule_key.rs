crate::diagnostic::rule! {
    /// A key of a schedule has no effect.
    ///
    /// ## What it finds
    ///
    /// `max_scheduled_runs`, `max_active_runs` or `catchup` in a schedule. Prefect 3.0 wrote the latter two itself.
    ///
    /// ## Why it matters
    ///
    /// The server drops them in silence, so that a limit which the file promises does not exist.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// schedules:
    ///   - cron: "0 5 * * *"
    ///     max_active_runs: 1
    /// ```
    ///
    /// ## Use instead
    ///
    /// Remove the key; limit the deployment instead:
    ///
    /// ```yaml
    /// schedules:
    ///   - cron: "0 5 * * *"
    /// concurrency_limit: 1
    /// ```
    "dropped-schedule-key", Warning
}
