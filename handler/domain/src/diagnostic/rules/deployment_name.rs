crate::diagnostic::rule! {
    /// A deployment has no name, or one that Prefect refuses.
    ///
    /// ## What it finds
    ///
    /// A missing or empty `name`, one that is no text, or one with `/`, `%`, `&`, `>` or `<`.
    ///
    /// ## Why it matters
    ///
    /// Name and flow are the key of a deployment; Prefect's server refuses such a name.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// deployments:
    ///   - name: daily/eu
    ///     entrypoint: flows/etl.py:etl
    /// ```
    ///
    /// ## Use instead
    ///
    /// Use letters, digits, spaces, `-` and `_`; quote a name that is a number.
    ///
    /// ```yaml
    /// deployments:
    ///   - name: daily-eu
    ///     entrypoint: flows/etl.py:etl
    /// ```
    "deployment-name", Error
}
