crate::diagnostic::rule! {
    /// A field of an infrastructure block is no job variable.
    ///
    /// ## What it finds
    ///
    /// A field of an inline or saved infrastructure block that has no job variable on Prefect 3.
    ///
    /// ## Why it matters
    ///
    /// It would be lost in silence.
    ///
    /// ## Example
    ///
    /// ```python
    /// DockerContainer(image="acme/etl:1", stream_output=False)
    /// ```
    ///
    /// ## Use instead
    ///
    /// Set it in the base job template of the work pool, if it matters.
    "infrastructure-field", Warning
}
