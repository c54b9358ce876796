crate::diagnostic::rule! {
    /// A name means two things in one function.
    ///
    /// ## What it finds
    ///
    /// A variable of the flow that has the name of a task or a function which is called before it is set.
    ///
    /// ## Why it matters
    ///
    /// What stood at the top of the file is inside a function now, where Python takes such a name for a local one: the call
    /// fails.
    ///
    /// ## Example
    ///
    /// ```python
    /// with Flow("etl") as flow:
    ///     extract = extract()
    /// ```
    ///
    /// ## Use instead
    ///
    /// Give the result another name and convert again.
    ///
    /// ```python
    /// @flow
    /// def etl():
    ///     rows = extract()
    /// ```
    "prefect-1-name-clash", Error
}
