crate::diagnostic::rule! {
    /// A field of a deployment cannot be read without running the file.
    ///
    /// ## What it finds
    ///
    /// A name, parameter, schedule or other field that comes from a call of unknown code, the network, or a variable
    /// that is not given.
    ///
    /// ## Why it matters
    ///
    /// A deployment with a guessed value would be another one than the author declares.
    ///
    /// ## Example
    ///
    /// ```python
    /// etl.deploy(name="nightly", work_pool_name=fetch_pool())
    /// ```
    ///
    /// ## Use instead
    ///
    /// Write it as a constant, or take it from a file of the bundle or an environment variable:
    ///
    /// ```python
    /// etl.deploy(name="nightly", work_pool_name=os.environ["POOL"])
    /// ```
    "unknown-value", Error
}
