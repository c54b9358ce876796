crate::diagnostic::rule! {
    /// An entrypoint is missing or cannot be read.
    ///
    /// ## What it finds
    ///
    /// A deployment without `entrypoint`, or one that is neither `path/to/file.py:function` nor
    /// `package.module.function`, or that has backslashes.
    ///
    /// ## Why it matters
    ///
    /// Without it a worker does not know which flow to run.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// deployments:
    ///   - name: nightly
    ///     entrypoint: flows\etl.py:etl
    /// ```
    ///
    /// ## Use instead
    ///
    /// Write the file, from the bundle's root and with `/`, a colon and the function:
    ///
    /// ```yaml
    /// deployments:
    ///   - name: nightly
    ///     entrypoint: flows/etl.py:etl
    /// ```
    "entrypoint", Error
}
