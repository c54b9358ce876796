crate::diagnostic::rule! {
    /// A deployment has both `schedule` and `schedules`.
    ///
    /// ## What it finds
    ///
    /// Both keys in one deployment.
    ///
    /// ## Why it matters
    ///
    /// Prefect refuses that.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// schedule:
    ///   cron: "0 5 * * *"
    /// schedules:
    ///   - cron: "0 17 * * *"
    /// ```
    ///
    /// ## Use instead
    ///
    /// Keep `schedules`.
    "schedule-twice", Error
}
