crate::diagnostic::rule! {
    /// The code of the bundle is staged.
    ///
    /// ## What it finds
    ///
    /// `flow.storage`: files and buckets go; repositories become a `pull` step, images a job variable. A warning where the
    /// text does not tell them.
    ///
    /// ## Why it matters
    ///
    /// Prefect 3 keeps no flow: workers get the code before each run.
    ///
    /// ## Example
    ///
    /// ```python
    /// flow.storage = GitHub(repo="acme/flows", path="etl.py")
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```yaml
    /// pull:
    /// - prefect.deployments.steps.git_clone:
    ///     repository: https://github.com/acme/flows.git
    /// ```
    "prefect-1-storage", Info
}
