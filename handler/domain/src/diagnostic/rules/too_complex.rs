crate::diagnostic::rule! {
    /// Code is too large or too deeply nested to be read.
    ///
    /// ## What it finds
    ///
    /// A statement, a signature, or all flows of a bundle together that would take more work or memory than a bundle
    /// may.
    ///
    /// ## Why it matters
    ///
    /// The limits keep one bundle from stopping the service for all others.
    ///
    /// ## Use instead
    ///
    /// Split the statement, shorten large constants, or make several bundles of it.
    "too-complex", Error
}
