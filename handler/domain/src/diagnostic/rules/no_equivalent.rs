crate::diagnostic::rule! {
    /// A word of Prefect 2 has no equivalent in `prefect.yaml`.
    ///
    /// ## What it finds
    ///
    /// With `check --convert`: a storage block, an infrastructure block, or an image that `deploy` would build.
    ///
    /// ## Why it matters
    ///
    /// The entry registers the deployment without it, so that runs may miss an image, a variable or a file.
    ///
    /// ## Example
    ///
    /// ```python
    /// Deployment.build_from_flow(
    ///     flow=etl, name="daily", infrastructure=KubernetesJob(image="acme/etl:1", namespace="flows")
    /// )
    /// ```
    ///
    /// ## Use instead
    ///
    /// Job variables for the infrastructure, a `pull` step for the storage, your pipeline for the image:
    ///
    /// ```yaml
    /// work_pool:
    ///   name: k8s
    ///   job_variables:
    ///     image: acme/etl:1
    ///     namespace: flows
    /// ```
    "no-equivalent", Warning
}
