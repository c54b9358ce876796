crate::diagnostic::rule! {
    /// A cron string is not valid.
    ///
    /// ## What it finds
    ///
    /// A `cron` that Prefect's own parser (croniter) refuses, or that its server does not take: `R` and `H` fields, a
    /// wrong number of fields, values out of range.
    ///
    /// ## Why it matters
    ///
    /// The server answers with 422 and nothing is registered.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// schedules:
    ///   - cron: "0 25 * * *"
    /// ```
    ///
    /// ## Use instead
    ///
    /// Write five fields: minute, hour, day of month, month, day of week.
    ///
    /// ```yaml
    /// schedules:
    ///   - cron: "0 5 * * *"
    ///     timezone: Europe/Oslo
    /// ```
    "cron", Error
}
