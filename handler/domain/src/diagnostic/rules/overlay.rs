crate::diagnostic::rule! {
    /// An overlay is not as it has to be.
    ///
    /// ## What it finds
    ///
    /// A key that overlays do not have, a value of another type, a change that a deployment of agents would not heed.
    ///
    /// ## Why it matters
    ///
    /// What is meant for one environment would not be there: nothing of the bundle is registered.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// deployments:
    ///   nightly:
    ///     work_pol: aks-prod
    /// ```
    ///
    /// ## Use instead
    ///
    /// Correct it, as the hint says:
    ///
    /// ```yaml
    /// default:
    ///   image: registry/etl:prod
    /// deployments:
    ///   nightly:
    ///     work_pool: aks-prod
    ///     parameters: {limit: 1000}
    /// ```
    "overlay", Error
}
