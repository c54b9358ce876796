crate::diagnostic::rule! {
    /// A path of an archive is too long.
    ///
    /// ## What it finds
    ///
    /// A path of more than 800 bytes.
    ///
    /// ## Why it matters
    ///
    /// With bundle and digest before it, it would not fit into the name of a blob.
    ///
    /// ## Use instead
    ///
    /// Use shorter names.
    "path-too-long", Error
}
