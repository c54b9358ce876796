crate::diagnostic::rule! {
    /// Prefect 2 cannot enforce the schema of this flow.
    ///
    /// ## What it finds
    ///
    /// `enforce_parameter_schema` on a 2.x server with a flow that bounds a parameter by `gt` or `lt`.
    ///
    /// ## Why it matters
    ///
    /// That server reads schemas by an older draft, where these bounds are flags: it fails on every deployment and run.
    ///
    /// ## Example
    ///
    /// ```python
    /// @flow
    /// def etl(rows: Annotated[int, Field(gt=0)]):
    ///     ...
    /// ```
    ///
    /// ## Use instead
    ///
    /// Use `ge` and `le`, or `enforce_parameter_schema: false`.
    "enforced-schema", Error
}
