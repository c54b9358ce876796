crate::diagnostic::rule! {
    /// A requirements.txt does not ask for a package that the flow imports.
    ///
    /// ## What it finds
    ///
    /// A module that is neither of Python, of Prefect, nor of the bundle, and whose package the `requirements.txt`
    /// beside the flow, in the worker's folder or above them does not list. One that names other files or addresses is left alone.
    ///
    /// ## Why it matters
    ///
    /// A worker that installs the file lacks the package, and the import fails when a run starts.
    ///
    /// ## Example
    ///
    /// ```python
    /// import pandas   # requirements.txt: requests
    /// ```
    ///
    /// ## Use instead
    ///
    /// Add the package; nothing has to be done when the image of the worker has it.
    "requirements-incomplete", Info
}
