crate::diagnostic::rule! {
    /// A schedule has a key that Prefect does not know.
    ///
    /// ## What it finds
    ///
    /// A key of a schedule other than those of Prefect.
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
