crate::diagnostic::rule! {
    /// The Prefect server lacks this feature.
    ///
    /// ## What it finds
    ///
    /// A key that the version of the server does not know: `concurrency_limit` of a deployment on 2.x, `slug` and
    /// `parameters` of a schedule before 3.2, `sla` outside of Prefect Cloud.
    ///
    /// ## Why it matters
    ///
    /// The key is left out, so that the deployment works differently from what the file says.
    ///
    /// ## Use instead
    ///
    /// Remove the key, or upgrade the server; the message names the version that has it.
    "not-on-this-server", Warning
}
