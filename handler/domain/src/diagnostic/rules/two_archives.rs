crate::diagnostic::rule! {
    /// Two archives of the container are one bundle.
    ///
    /// ## What it finds
    ///
    /// Two blobs whose names differ in the extension only, `sales.zip` and `sales.tar.gz`.
    ///
    /// ## Why it matters
    ///
    /// The bundle's id is the name without it, so that they would overwrite each other's deployments.
    ///
    /// ## Use instead
    ///
    /// Delete all but one.
    "two-archives", Error
}
