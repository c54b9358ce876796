crate::diagnostic::rule! {
    /// A file of Prefect 1 is not converted.
    ///
    /// ## What it finds
    ///
    /// A file that cannot be parsed, is too large, or whose conversion would not be valid Python.
    ///
    /// ## Why it matters
    ///
    /// It stays as it is, and Prefect 3 cannot run it.
    ///
    /// ## Use instead
    ///
    /// Convert it by hand, or split it and convert again.
    "prefect-1-not-converted", Error
}
