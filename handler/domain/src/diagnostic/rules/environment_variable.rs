crate::diagnostic::rule! {
    /// A placeholder names an environment variable that is not allowed or has no value.
    ///
    /// ## What it finds
    ///
    /// `{{ $NAME }}` where `NAME` is not among the names that the operator allows.
    ///
    /// ## Why it matters
    ///
    /// Prefect's own tool would leave the placeholder in the field as it is. Here only allowed names are read, so that
    /// a bundle cannot copy secrets of the service into a deployment.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// deployments:
    ///   - name: nightly
    ///     version: "{{ $GIT_SHA }}"
    /// ```
    ///
    /// ## Use instead
    ///
    /// The operator allows it with `SYNC_ENV=GIT_SHA`; on the command line `--env GIT_SHA=…` gives it.
    "environment-variable", Error
}
