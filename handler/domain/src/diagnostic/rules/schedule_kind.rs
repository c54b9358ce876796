crate::diagnostic::rule! {
    /// A schedule has none or several of `cron`, `interval` and `rrule`.
    ///
    /// ## What it finds
    ///
    /// A schedule that does not say exactly one way when it runs.
    ///
    /// ## Why it matters
    ///
    /// Prefect refuses it.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// schedules:
    ///   - cron: "0 5 * * *"
    ///     interval: 3600
    /// ```
    ///
    /// ## Use instead
    ///
    /// Keep one; write two schedules for two timings:
    ///
    /// ```yaml
    /// schedules:
    ///   - cron: "0 5 * * *"
    ///   - interval: 3600
    /// ```
    "schedule-kind", Error
}
