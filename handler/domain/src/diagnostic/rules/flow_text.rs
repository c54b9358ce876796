crate::diagnostic::rule! {
    /// The name, version or description of a flow is not known before the file runs.
    ///
    /// ## What it finds
    ///
    /// A `version` or `description` of `@flow` that depends on the environment, the time or a package; a `name` that depends on an
    /// environment variable with a default; any of them where what is spread into `@flow(**options)` is not known.
    ///
    /// ## Why it matters
    ///
    /// What depends on the environment is shown as it is without the variables. Otherwise the version is the digest of the
    /// file and the description the docstring, so what is registered may differ from what `prefect deploy` registers.
    ///
    /// ## Example
    ///
    /// ```python
    /// @flow(version=subprocess.getoutput("git rev-parse HEAD"))
    /// def etl():
    ///     ...
    /// ```
    ///
    /// ## Use instead
    ///
    /// Leave it out, or write a text or a constant of the file:
    ///
    /// ```python
    /// @flow(version="1.2")
    /// def etl():
    ///     ...
    /// ```
    "flow-text", Warning
}
