crate::diagnostic::rule! {
    /// A field waits for the output of a build or push step.
    ///
    /// ## What it finds
    ///
    /// `{{ step-id.output }}` outside of `pull`.
    ///
    /// ## Why it matters
    ///
    /// Build and push steps run code or Docker, and are not run here, so that the value is not known.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// work_pool:
    ///   job_variables:
    ///     image: "{{ build-image.image }}"
    /// ```
    ///
    /// ## Use instead
    ///
    /// Run the steps in your pipeline, and give their result by the environment:
    ///
    /// ```yaml
    /// work_pool:
    ///   job_variables:
    ///     image: "{{ $IMAGE }}"
    /// ```
    "step-output", Error
}
