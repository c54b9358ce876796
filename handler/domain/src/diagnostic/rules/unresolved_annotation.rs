crate::diagnostic::rule! {
    /// The type of a parameter is not known.
    ///
    /// ## What it finds
    ///
    /// An annotation with a name that neither the bundle nor a known library defines. A module of the bundle defines
    /// nothing where it imports a package that is neither usual (what Prefect needs, prefect-azure, pandas, numpy, boto3,
    /// requests, …) nor named by a requirements.txt or pyproject.toml of the bundle.
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
    /// Put the model into the bundle, and name what its module imports in requirements.txt; or use a type of pydantic or
    /// the standard library.
    "unresolved-annotation", Warning
}
