crate::diagnostic::rule! {
    /// The interval of a schedule is no positive duration.
    ///
    /// ## What it finds
    ///
    /// An `interval` that is zero, negative, or in a form that Prefect does not read.
    ///
    /// ## Why it matters
    ///
    /// The server refuses the schedule, and with it the deployment.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// schedules:
    ///   - interval: 1h
    /// ```
    ///
    /// ## Use instead
    ///
    /// Write seconds, `PT1H` or `"01:00:00"`:
    ///
    /// ```yaml
    /// schedules:
    ///   - interval: 3600
    /// ```
    "interval", Error
}
