crate::diagnostic::rule! {
    /// A name is imported from elsewhere.
    ///
    /// ## What it finds
    ///
    /// An import that has another place in Prefect 3; an error for `import *`, where it is not known what is used.
    ///
    /// ## Why it matters
    ///
    /// The old import fails in Prefect 3.
    ///
    /// ## Example
    ///
    /// ```python
    /// from prefect.utilities.tasks import unmapped
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// from prefect import unmapped
    /// ```
    "prefect-1-import", Info
}
