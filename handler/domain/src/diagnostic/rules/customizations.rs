crate::diagnostic::rule! {
    /// Changes of the job manifest have to go into the work pool.
    ///
    /// ## What it finds
    ///
    /// JSON patches of a `KubernetesJob`, for which the base job template of the pool has no variable.
    ///
    /// ## Why it matters
    ///
    /// Workers of Prefect 3 make the job from the template of their pool alone.
    ///
    /// ## Example
    ///
    /// ```python
    /// KubernetesJob(customizations=[{"op": "add", "path": "/spec/template/spec/nodeSelector", "value": {"pool": "big"}}])
    /// ```
    ///
    /// ## Use instead
    ///
    /// Paste the manifest of the message into the base job template of the pool.
    "customizations", Warning
}
