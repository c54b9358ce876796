crate::diagnostic::rule! {
    /// A deployment replaces `flow.register`.
    ///
    /// ## What it finds
    ///
    /// A call of `register`: it goes, and an entry of `prefect.yaml` declares the deployment. An error where the id that it
    /// gives is used.
    ///
    /// ## Why it matters
    ///
    /// Prefect 3 has no projects and no `register`.
    ///
    /// ## Example
    ///
    /// ```python
    /// flow.register(project_name="sales")
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```yaml
    /// deployments:
    /// - name: sales
    ///   entrypoint: flow.py:etl
    /// ```
    "prefect-1-register", Info
}
