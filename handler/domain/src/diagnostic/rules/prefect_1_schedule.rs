crate::diagnostic::rule! {
    /// A schedule belongs to the deployment.
    ///
    /// ## What it finds
    ///
    /// `Schedule`, `CronSchedule`, `IntervalSchedule` and clocks; a warning or an error for what the text does not tell.
    ///
    /// ## Why it matters
    ///
    /// Prefect 3 keeps schedules at the deployment, so that one flow may have several.
    ///
    /// ## Example
    ///
    /// ```python
    /// Flow("etl", schedule=CronSchedule("0 6 * * *"))
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```yaml
    /// schedules:
    /// - cron: "0 6 * * *"
    /// ```
    "prefect-1-schedule", Info
}
