crate::diagnostic::rule! {
    /// A rule with `COUNT` has no start.
    ///
    /// ## What it finds
    ///
    /// An `rrule` with `COUNT` and without `DTSTART`.
    ///
    /// ## Why it matters
    ///
    /// Prefect starts it in the year 2020: all of its runs were long ago, and none is created.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// schedules:
    ///   - rrule: FREQ=DAILY;COUNT=3
    /// ```
    ///
    /// ## Use instead
    ///
    /// Add a start:
    ///
    /// ```yaml
    /// schedules:
    ///   - rrule: "DTSTART:20260101T050000\nRRULE:FREQ=DAILY;COUNT=3"
    /// ```
    "rrule-count", Warning
}
