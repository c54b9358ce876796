crate::diagnostic::rule! {
    /// A variable of the server is read when the bundle is registered.
    ///
    /// ## What it finds
    ///
    /// `{{ prefect.variables.NAME }}` in `check` or `render`, which ask no server.
    ///
    /// ## Why it matters
    ///
    /// The value is not known here; `render` shows the placeholder.
    ///
    /// ## Use instead
    ///
    /// Nothing has to be done; `plan` shows the value.
    "variable-not-read", Info
}
