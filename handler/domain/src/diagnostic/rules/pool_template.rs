crate::diagnostic::rule! {
    /// The server would not take the base job template of a work pool.
    ///
    /// ## What it finds
    ///
    /// A template without `job_configuration` or `variables`, a placeholder that no variable fills, a default that does not
    /// fit its variable, a file that is not there.
    ///
    /// ## Why it matters
    ///
    /// The pool could not be made, so that no deployment of the bundle could be registered.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// name: aks
    /// base_job_template:
    ///   job_configuration: {image: "{{ imgae }}"}
    ///   variables: {type: object, properties: {image: {type: string}}}
    /// ```
    ///
    /// ## Use instead
    ///
    /// Correct it, or name a file that has the template:
    ///
    /// ```yaml
    /// name: aks
    /// base_job_template: {file: ./template.json}
    /// ```
    "pool-template", Error
}
