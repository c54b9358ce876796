crate::diagnostic::rule! {
    /// A declaration of a kind that is not read.
    ///
    /// ## What it finds
    ///
    /// A file that declares deployments in a form that is not supported.
    ///
    /// ## Why it matters
    ///
    /// It is never skipped in silence: what it declares would be missing.
    ///
    /// ## Use instead
    ///
    /// Declare its deployments in a `prefect.yaml` and remove the file.
    "unsupported-declaration", Error
}
