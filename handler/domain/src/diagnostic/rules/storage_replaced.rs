crate::diagnostic::rule! {
    /// Workers of Prefect 3 do not read this storage block.
    ///
    /// ## What it finds
    ///
    /// A storage block of Prefect 2 that has no pull step on Prefect 3.
    ///
    /// ## Why it matters
    ///
    /// The staged code of the bundle is pulled instead, which is what the block held.
    ///
    /// ## Example
    ///
    /// ```python
    /// Deployment.build_from_flow(flow=etl, name="a", storage=S3.load("flows"))
    /// ```
    ///
    /// ## Use instead
    ///
    /// Remove the storage from the declaration, or declare a pull step.
    "storage-replaced", Warning
}
