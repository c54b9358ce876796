crate::diagnostic::rule! {
    /// `@flow` or `@task` is given an argument that it does not take.
    ///
    /// ## What it finds
    ///
    /// A keyword of `@flow(…)` or `@task(…)` at the top of a flow's file that neither Prefect 2.20 nor 3 knows.
    ///
    /// ## Why it matters
    ///
    /// Importing the file raises a `TypeError`, so that no run of the flow can start. `prefect deploy` registers the
    /// deployment in spite of it.
    ///
    /// ## Example
    ///
    /// ```python
    /// @flow(retry=3)
    /// def etl():
    ///     ...
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// @flow(retries=3)
    /// def etl():
    ///     ...
    /// ```
    "decorator-argument", Warning
}
