crate::diagnostic::rule! {
    /// The anchor of an interval schedule is no date.
    ///
    /// ## What it finds
    ///
    /// An `anchor_date` that is neither a date nor a date-time.
    ///
    /// ## Why it matters
    ///
    /// Prefect's server refuses the schedule, and with it the deployment.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// schedules:
    ///   - interval: 3600
    ///     anchor_date: tomorrow
    /// ```
    ///
    /// ## Use instead
    ///
    /// Write a date-time with its offset:
    ///
    /// ```yaml
    /// schedules:
    ///   - interval: 3600
    ///     anchor_date: "2026-01-01T00:00:00+00:00"
    /// ```
    "anchor-date", Error
}
