crate::diagnostic::rule! {
    /// A deployment gives a parameter that the flow does not have.
    ///
    /// ## What it finds
    ///
    /// A name under `parameters` that is no parameter of the flow.
    ///
    /// ## Why it matters
    ///
    /// Every run fails with a signature mismatch.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// parameters:
    ///   dat: today        # def etl(date: str)
    /// ```
    ///
    /// ## Use instead
    ///
    /// Use the parameter's name, which the hint lists.
    "unknown-parameter", Warning
}
