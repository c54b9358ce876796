crate::diagnostic::rule! {
    /// The file of an entrypoint has no function of that name.
    ///
    /// ## What it finds
    ///
    /// An entrypoint whose file has no such function, method, imported name or variable with a flow.
    ///
    /// ## Why it matters
    ///
    /// Every run would fail. Often the name has `-` for `_`, a method lacks its class, or the function was renamed.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// deployments:
    ///   - name: nightly
    ///     entrypoint: flows/etl.py:load-all   # the function is `load_all`
    /// ```
    ///
    /// ## Use instead
    ///
    /// Write the function's name as in `def`, or `Class.method`.
    "flow-not-found", Error
}
