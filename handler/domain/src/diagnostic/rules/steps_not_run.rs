crate::diagnostic::rule! {
    /// Build and push steps are not run.
    ///
    /// ## What it finds
    ///
    /// `build` or `push` with steps.
    ///
    /// ## Why it matters
    ///
    /// They run code or Docker, which is the job of a pipeline and not of a service that holds an API key.
    ///
    /// ## Use instead
    ///
    /// Run them in your pipeline, and give their results by `{{ $NAME }}`.
    "steps-not-run", Info
}
