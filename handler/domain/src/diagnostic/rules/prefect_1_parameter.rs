crate::diagnostic::rule! {
    /// A `Parameter` is an argument.
    ///
    /// ## What it finds
    ///
    /// `Parameter` and `DateTimeParameter`; an error where the text does not tell the name, or a default.
    ///
    /// ## Why it matters
    ///
    /// A deployment of Prefect 3 takes its parameters from the arguments of the function, with their types.
    ///
    /// ## Example
    ///
    /// ```python
    /// with Flow("etl") as flow:
    ///     limit = Parameter("limit", default=10)
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// @flow
    /// def etl(limit: int = 10): ...
    /// ```
    "prefect-1-parameter", Info
}
