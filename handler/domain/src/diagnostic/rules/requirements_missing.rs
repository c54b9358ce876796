crate::diagnostic::rule! {
    /// No requirements.txt asks for the packages that a flow imports.
    ///
    /// ## What it finds
    ///
    /// A flow with modules that are neither of Python, of Prefect, nor of the bundle, in a bundle without a list of
    /// packages.
    ///
    /// ## Why it matters
    ///
    /// Such a flow runs only where somebody has installed them by hand.
    ///
    /// ## Example
    ///
    /// ```python
    /// import pandas
    /// ```
    ///
    /// ## Use instead
    ///
    /// Put a `requirements.txt` beside the flow; nothing has to be done when the image of the worker has the packages.
    "requirements-missing", Info
}
