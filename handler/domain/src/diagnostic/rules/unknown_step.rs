crate::diagnostic::rule! {
    /// A pull step uses the output of a step that does not come before it.
    ///
    /// ## What it finds
    ///
    /// `{{ id.output }}` in `pull` where no earlier step of the same pull has that `id`.
    ///
    /// ## Why it matters
    ///
    /// Prefect leaves the value out without a word, and the step gets none. Outputs of build and push steps are not
    /// known: these are not run here.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// pull:
    ///   - prefect.deployments.steps.git_clone:
    ///       repository: https://example.com/flows.git
    ///   - prefect.deployments.steps.pip_install_requirements:
    ///       directory: "{{ clone-step.directory }}"
    /// ```
    ///
    /// ## Use instead
    ///
    /// Give the step that id:
    ///
    /// ```yaml
    /// pull:
    ///   - prefect.deployments.steps.git_clone:
    ///       id: clone-step
    ///       repository: https://example.com/flows.git
    ///   - prefect.deployments.steps.pip_install_requirements:
    ///       directory: "{{ clone-step.directory }}"
    /// ```
    "unknown-step", Warning
}
