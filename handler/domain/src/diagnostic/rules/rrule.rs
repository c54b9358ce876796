crate::diagnostic::rule! {
    /// A recurrence rule is not valid.
    ///
    /// ## What it finds
    ///
    /// An `rrule` that Prefect's parser (dateutil) refuses.
    ///
    /// ## Why it matters
    ///
    /// The server answers with 422 and nothing is registered.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// schedules:
    ///   - rrule: FREQ=DALY
    /// ```
    ///
    /// ## Use instead
    ///
    /// Write the rule as in RFC 5545:
    ///
    /// ```yaml
    /// schedules:
    ///   - rrule: FREQ=DAILY;BYHOUR=5
    /// ```
    "rrule", Error
}
