crate::diagnostic::rule! {
    /// A run config is a work pool with job variables.
    ///
    /// ## What it finds
    ///
    /// `KubernetesRun`, `DockerRun`, `ECSRun`, `LocalRun`, `UniversalRun`; a warning or an error for what the pool of that
    /// type does not take.
    ///
    /// ## Why it matters
    ///
    /// Image, variables and resources belong to the deployment or to the template of its pool.
    ///
    /// ## Example
    ///
    /// ```python
    /// flow.run_config = KubernetesRun(image="acme/etl:1", env={"STAGE": "prod"})
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```yaml
    /// work_pool:
    ///   name: kubernetes
    ///   job_variables:
    ///     image: acme/etl:1
    ///     env:
    ///       STAGE: prod
    /// ```
    "prefect-1-run-config", Info
}
