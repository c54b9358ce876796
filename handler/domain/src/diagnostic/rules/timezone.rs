crate::diagnostic::rule! {
    /// A schedule names a time zone that does not exist.
    ///
    /// ## What it finds
    ///
    /// A `timezone` that is not in the IANA database, or not in its spelling.
    ///
    /// ## Why it matters
    ///
    /// The server refuses the schedule, and with it the deployment.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// schedules:
    ///   - cron: "0 5 * * *"
    ///     timezone: europe/oslo
    /// ```
    ///
    /// ## Use instead
    ///
    /// Use the IANA name:
    ///
    /// ```yaml
    /// schedules:
    ///   - cron: "0 5 * * *"
    ///     timezone: Europe/Oslo
    /// ```
    "timezone", Error
}
