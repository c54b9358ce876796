crate::diagnostic::rule! {
    /// The new deployments cannot be added to `prefect.yaml`.
    ///
    /// ## What it finds
    ///
    /// A `prefect.yaml` at the root of the bundle whose `deployments` is not the last thing in it, or is not a list in
    /// block style.
    ///
    /// ## Why it matters
    ///
    /// Without its entry a converted flow is not registered.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// deployments: [{name: old, entrypoint: flow.py:old}]
    /// ```
    ///
    /// ## Use instead
    ///
    /// Add the entries of the report by hand, or write the list in block style and convert again.
    ///
    /// ```yaml
    /// deployments:
    /// - name: old
    ///   entrypoint: flow.py:old
    /// ```
    "prefect-1-declaration", Error
}
