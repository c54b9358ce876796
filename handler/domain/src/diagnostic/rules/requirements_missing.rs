crate::diagnostic::rule! {
    /// No requirements.txt asks for the packages that a flow imports.
    ///
    /// ## What it finds
    ///
    /// A flow with modules that are neither of Python, of Prefect, nor of the bundle, which no list of packages asks for:
    /// none of the bundle for a prefect.yaml, none beside the flow or above it for a deployment file in Python. Nothing
    /// is said where the deployment names an image.
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
