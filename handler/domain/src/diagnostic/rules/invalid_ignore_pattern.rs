crate::diagnostic::rule! {
    /// A line of a `.prefectignore` is no pattern.
    ///
    /// ## What it finds
    ///
    /// A line that cannot be read by the rules of `.gitignore`.
    ///
    /// ## Why it matters
    ///
    /// The line ignores nothing, so that files which it was to exclude are staged.
    ///
    /// ## Example
    ///
    /// ```text
    /// [z-a]*.csv
    /// ```
    ///
    /// ## Use instead
    ///
    /// Write the pattern as in `.gitignore`.
    "invalid-ignore-pattern", Warning
}
