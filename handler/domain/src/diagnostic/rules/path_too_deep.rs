crate::diagnostic::rule! {
    /// A path of an archive is nested too deeply.
    ///
    /// ## What it finds
    ///
    /// A path of more segments than `SYNC_MAX_DEPTH`.
    ///
    /// ## Why it matters
    ///
    /// The limit protects the workers that read bundles.
    ///
    /// ## Use instead
    ///
    /// Nest folders less, or raise `SYNC_MAX_DEPTH`.
    "path-too-deep", Error
}
