crate::diagnostic::rule! {
    /// The server has no variable of that name.
    ///
    /// ## What it finds
    ///
    /// `{{ prefect.variables.NAME }}` with a name that the server does not know.
    ///
    /// ## Why it matters
    ///
    /// Prefect's own tool would put nothing in its place.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// version: "{{ prefect.variables.relase }}"
    /// ```
    ///
    /// ## Use instead
    ///
    /// Correct the name, or create it: `prefect variable set release 7`.
    "unknown-variable", Error
}
