crate::diagnostic::rule! {
    /// The value of a parameter does not fit the flow's schema.
    ///
    /// ## What it finds
    ///
    /// A value of the wrong type, out of its bounds, or not among the choices. It is a warning where the schema is not
    /// enforced.
    ///
    /// ## Why it matters
    ///
    /// A server that enforces the schema refuses the deployment, or each run of it.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// parameters:
    ///   rows: many        # def etl(rows: int)
    /// ```
    ///
    /// ## Use instead
    ///
    /// Give a value of the parameter's type:
    ///
    /// ```yaml
    /// parameters:
    ///   rows: 1000
    /// ```
    "parameter", Error
}
