crate::diagnostic::rule! {
    /// The type of a parameter is not known.
    ///
    /// ## What it finds
    ///
    /// An annotation with a name that neither the bundle nor a known library defines.
    ///
    /// ## Why it matters
    ///
    /// The parameter takes anything, so that a wrong value is only found when a run starts. `prefect deploy` gives the
    /// same when it cannot import the file.
    ///
    /// ## Example
    ///
    /// ```python
    /// from company_models import Order
    ///
    /// @flow
    /// def etl(order: Order):
    ///     ...
    /// ```
    ///
    /// ## Use instead
    ///
    /// Put the model into the bundle, or use a type of pydantic or the standard library.
    "unresolved-annotation", Warning
}
