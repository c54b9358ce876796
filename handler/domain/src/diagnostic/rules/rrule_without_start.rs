crate::diagnostic::rule! {
    /// A fine recurrence rule without start stops a Prefect 2 server.
    ///
    /// ## What it finds
    ///
    /// An `rrule` finer than hourly without `DTSTART`, on a 2.x server.
    ///
    /// ## Why it matters
    ///
    /// That server walks through every occurrence since 2020 each time it schedules, and does nothing else.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// schedules:
    ///   - rrule: FREQ=MINUTELY;INTERVAL=5
    /// ```
    ///
    /// ## Use instead
    ///
    /// Add a `DTSTART` near now, or use `interval`:
    ///
    /// ```yaml
    /// schedules:
    ///   - interval: 300
    /// ```
    "rrule-without-start", Error
}
