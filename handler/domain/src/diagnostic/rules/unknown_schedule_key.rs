crate::diagnostic::rule! {
    /// A schedule has a key that Prefect does not know.
    ///
    /// ## What it finds
    ///
    /// A key of a schedule other than those of Prefect. To Prefect 3 `catchup` and `max_active_runs`, which 3.0 wrote
    /// into the file itself, are such keys, too.
    ///
    /// ## Why it matters
    ///
    /// One such key makes `prefect deploy` skip the whole file in silence.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// schedules:
    ///   - cron: "0 5 * * *"
    ///     time_zone: Europe/Oslo
    /// ```
    ///
    /// ## Use instead
    ///
    /// Correct or remove it:
    ///
    /// ```yaml
    /// schedules:
    ///   - cron: "0 5 * * *"
    ///     timezone: Europe/Oslo
    /// ```
    "unknown-schedule-key", Error
}
