crate::diagnostic::rule! {
    /// A cron string has a sixth field.
    ///
    /// ## What it finds
    ///
    /// A `cron` with more than five fields.
    ///
    /// ## Why it matters
    ///
    /// The sixth field is seconds and comes last; in other tools it comes first. The schedule then runs at other times
    /// than meant.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// schedules:
    ///   - cron: "0 0 5 * * *"
    /// ```
    ///
    /// ## Use instead
    ///
    /// Remove the field for seconds:
    ///
    /// ```yaml
    /// schedules:
    ///   - cron: "0 5 * * *"
    /// ```
    "cron-seconds", Warning
}
