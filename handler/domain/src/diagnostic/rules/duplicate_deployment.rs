crate::diagnostic::rule! {
    /// Two deployments have one flow and one name.
    ///
    /// ## What it finds
    ///
    /// Two declarations of the bundle with the same `flow/name`.
    ///
    /// ## Why it matters
    ///
    /// That is the key on the server: the second would overwrite the first, and which is second depends on the order of
    /// files.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// deployments:
    ///   - name: nightly
    ///     entrypoint: flows/etl.py:etl
    ///   - name: nightly
    ///     entrypoint: flows/etl.py:etl
    /// ```
    ///
    /// ## Use instead
    ///
    /// Give each its own name, or name the flows apart with `@flow(name=…)`.
    "duplicate-deployment", Error
}
