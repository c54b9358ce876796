crate::diagnostic::rule! {
    /// Importing a file runs its flow.
    ///
    /// ## What it finds
    ///
    /// A call of the flow at the top of a file, where its result is used.
    ///
    /// ## Why it matters
    ///
    /// A worker imports the file before each run, which then runs the flow twice.
    ///
    /// ## Example
    ///
    /// ```python
    /// state = flow.run()
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// if __name__ == "__main__":
    ///     etl()
    /// ```
    "prefect-1-run-on-import", Warning
}
