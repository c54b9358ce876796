crate::diagnostic::rule! {
    /// A declaration file declares no deployment.
    ///
    /// ## What it finds
    ///
    /// A `prefect.yaml` that is empty or has no `deployments`.
    ///
    /// ## Why it matters
    ///
    /// Nothing is registered from it, and what it declared before is removed.
    ///
    /// ## Use instead
    ///
    /// Write `deployments:` with a list of `name`, `entrypoint` and `work_pool`, or remove the file.
    "no-deployment", Warning
}
