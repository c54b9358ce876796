crate::diagnostic::rule! {
    /// A Prefect 3 server has no such infrastructure block.
    ///
    /// ## What it finds
    ///
    /// A saved infrastructure block that a Prefect 3 server does not have.
    ///
    /// ## Why it matters
    ///
    /// Prefect 3 has no infrastructure blocks; what the block says has to be in the work pool or in job variables.
    ///
    /// ## Example
    ///
    /// ```python
    /// KubernetesJob.load("base")
    /// ```
    ///
    /// ## Use instead
    ///
    /// Write what the block said as `job_variables`: image, `env`, `namespace`, `service_account_name`.
    "infrastructure-block", Warning
}
