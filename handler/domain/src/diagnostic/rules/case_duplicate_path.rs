crate::diagnostic::rule! {
    /// Two paths of an archive differ in upper and lower case only.
    ///
    /// ## What it finds
    ///
    /// Two files, or a file and a folder, whose names are one where case does not count.
    ///
    /// ## Why it matters
    ///
    /// On Windows and macOS one overwrites the other, so what a person sees is not what workers run.
    ///
    /// ## Example
    ///
    /// ```text
    /// flows/etl.py
    /// flows/ETL.py
    /// ```
    ///
    /// ## Use instead
    ///
    /// Rename one of them.
    "case-duplicate-path", Error
}
