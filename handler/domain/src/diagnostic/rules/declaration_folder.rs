crate::diagnostic::rule! {
    /// A folder has the name of a declaration file.
    ///
    /// ## What it finds
    ///
    /// A folder named `prefect.yaml` or `prefect.yml`.
    ///
    /// ## Why it matters
    ///
    /// A declaration is looked for under this name, and nothing in the folder would be read.
    ///
    /// ## Use instead
    ///
    /// Give the folder another name.
    "declaration-folder", Error
}
