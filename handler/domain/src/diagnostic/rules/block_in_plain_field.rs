crate::diagnostic::rule! {
    /// A block placeholder stands where its secret would be stored in plain text.
    ///
    /// ## What it finds
    ///
    /// `{{ prefect.blocks.… }}` outside of `pull` and `job_variables`.
    ///
    /// ## Why it matters
    ///
    /// `prefect deploy` resolves it while it deploys, and stores the secret's value readably in the deployment.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// deployments:
    ///   - name: nightly
    ///     parameters:
    ///       token: "{{ prefect.blocks.secret.api-token }}"
    /// ```
    ///
    /// ## Use instead
    ///
    /// Load the block inside the flow, or use it in `pull` or `job_variables`, where the worker resolves it:
    ///
    /// ```yaml
    /// work_pool:
    ///   name: my-pool
    ///   job_variables:
    ///     env:
    ///       API_TOKEN: "{{ prefect.blocks.secret.api-token }}"
    /// ```
    "block-in-plain-field", Error
}
