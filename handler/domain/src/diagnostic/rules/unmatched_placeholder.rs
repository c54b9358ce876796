crate::diagnostic::rule! {
    /// Something between double braces is no placeholder.
    ///
    /// ## What it finds
    ///
    /// `{{ … }}` with more than a name in it: filters, quotes, calls. Parameters, descriptions, triggers and scripts
    /// are left alone, since they may be templates of something else.
    ///
    /// ## Why it matters
    ///
    /// Prefect takes only a name, and leaves everything else as it is, so that the braces end up in the deployment.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// tags: ["{{ $TEAM | lower }}"]
    /// ```
    ///
    /// ## Use instead
    ///
    /// Give the value as it is wanted:
    ///
    /// ```yaml
    /// tags: ["{{ $TEAM }}"]
    /// ```
    "unmatched-placeholder", Warning
}
