crate::diagnostic::rule! {
    /// Filters of a schedule are left out.
    ///
    /// ## What it finds
    ///
    /// `filters`, `or_filters`, `not_filters` and `adjustments` of a `Schedule`.
    ///
    /// ## Why it matters
    ///
    /// The flow would also run at the times that they leave out.
    ///
    /// ## Example
    ///
    /// ```python
    /// Schedule(clocks=[CronClock("0 6 * * *")], filters=[is_weekday])
    /// ```
    ///
    /// ## Use instead
    ///
    /// Say it in the cron text or in an rrule, or return from the flow early.
    ///
    /// ```yaml
    /// schedules:
    /// - cron: "0 6 * * 1-5"
    /// ```
    "prefect-1-schedule-filter", Warning
}
