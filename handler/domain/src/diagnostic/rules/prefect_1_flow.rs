crate::diagnostic::rule! {
    /// `with Flow` is a function.
    ///
    /// ## What it finds
    ///
    /// A flow: converted where it stands at the top of a file and its body is plain, else an error.
    ///
    /// ## Why it matters
    ///
    /// A deployment names a function with `@flow`; Prefect 3 has no object `Flow` with a graph.
    ///
    /// ## Example
    ///
    /// ```python
    /// with Flow("etl") as flow:
    ///     load(extract())
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// @flow(name="etl")
    /// def etl():
    ///     load(extract())
    /// ```
    "prefect-1-flow", Info
}
