crate::diagnostic::rule! {
    /// A schedule at fixed hours names no time zone.
    ///
    /// ## What it finds
    ///
    /// A `cron` that names hours of the day, without `timezone`.
    ///
    /// ## Why it matters
    ///
    /// Its hours are those of UTC, whatever the machine of the author or of the worker has; where clocks change twice a
    /// year it is off by another hour.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// schedules:
    ///   - cron: "0 5 * * *"
    /// ```
    ///
    /// ## Use instead
    ///
    /// Name the zone, `UTC` when that is meant:
    ///
    /// ```yaml
    /// schedules:
    ///   - cron: "0 5 * * *"
    ///     timezone: Europe/Oslo
    /// ```
    "schedule-without-timezone", Info
}
