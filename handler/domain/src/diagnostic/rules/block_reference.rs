crate::diagnostic::rule! {
    /// A placeholder names a block that cannot exist.
    ///
    /// ## What it finds
    ///
    /// `{{ prefect.blocks.… }}` without type and name, or with one that Prefect does not allow.
    ///
    /// ## Why it matters
    ///
    /// Prefect's server takes only lower-case letters, digits and `-` in them: no worker can ever resolve it.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// pull:
    ///   - prefect.deployments.steps.git_clone:
    ///       repository: https://example.com/flows.git
    ///       access_token: "{{ prefect.blocks.secret.GIT_TOKEN }}"
    /// ```
    ///
    /// ## Use instead
    ///
    /// Write the type's slug and the block's name as the server has them:
    ///
    /// ```yaml
    /// pull:
    ///   - prefect.deployments.steps.git_clone:
    ///       repository: https://example.com/flows.git
    ///       access_token: "{{ prefect.blocks.secret.git-token }}"
    /// ```
    "block-reference", Warning
}
