crate::diagnostic::rule! {
    /// A deployment of a Python file is an entry of `prefect.yaml`.
    ///
    /// ## What it finds
    ///
    /// With `check --convert`: each deployment that a `*deployment.py` file registers and that the new entry registers too.
    ///
    /// ## Why it matters
    ///
    /// `Deployment.build_from_flow` is gone from Prefect 3; a `prefect.yaml` is read by every version.
    ///
    /// ## Example
    ///
    /// ```python
    /// Deployment.build_from_flow(flow=etl, name="daily", work_pool_name="k8s").apply()
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```yaml
    /// deployments:
    /// - name: daily
    ///   entrypoint: flows/etl.py:etl
    ///   work_pool:
    ///     name: k8s
    /// ```
    "converted-deployment", Info
}
