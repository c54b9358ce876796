crate::diagnostic::rule! {
    /// A pull that only names a folder is replaced.
    ///
    /// ## What it finds
    ///
    /// A lone `set_working_directory` as `pull`, of a deployment without an image.
    ///
    /// ## Why it matters
    ///
    /// The folder is one of the author's machine; workers do not have it. The staged code of the bundle is pulled
    /// instead.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// pull:
    ///   - prefect.deployments.steps.set_working_directory:
    ///       directory: /Users/ada/project
    /// ```
    ///
    /// ## Use instead
    ///
    /// Remove the step, or keep it with `SYNC_PULL=declared`.
    "pull-replaced", Warning
}
