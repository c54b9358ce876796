crate::diagnostic::rule! {
    /// Two schedules of a deployment have one slug.
    ///
    /// ## What it finds
    ///
    /// Two entries of `schedules` with the same `slug`.
    ///
    /// ## Why it matters
    ///
    /// A slug is the identity of a schedule; Prefect's server refuses the second.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// schedules:
    ///   - cron: "0 5 * * *"
    ///     slug: daily
    ///   - cron: "0 17 * * *"
    ///     slug: daily
    /// ```
    ///
    /// ## Use instead
    ///
    /// Give each its own slug, or none: then a stable one is made of its content.
    "duplicate-slug", Error
}
