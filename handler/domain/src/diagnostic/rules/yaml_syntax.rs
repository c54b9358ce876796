crate::diagnostic::rule! {
    /// A file is no valid YAML.
    ///
    /// ## What it finds
    ///
    /// A text that a YAML parser refuses: a cron string without quotes, a tab as indent, a second document, an unknown
    /// tag.
    ///
    /// ## Why it matters
    ///
    /// Nothing of the file can be read.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// schedules:
    ///   - cron: * 5 * * *
    /// ```
    ///
    /// ## Use instead
    ///
    /// Quote texts that start with `*`, `@`, `%` or `{`:
    ///
    /// ```yaml
    /// schedules:
    ///   - cron: "* 5 * * *"
    /// ```
    "yaml-syntax", Error
}
