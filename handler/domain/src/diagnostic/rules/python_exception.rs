crate::diagnostic::rule! {
    /// A declaration file ends with an exception.
    ///
    /// ## What it finds
    ///
    /// A `raise`, a failed `assert`, a missing key or name and the like, in a deployment file or in a module that it
    /// imports.
    ///
    /// ## Why it matters
    ///
    /// Run by Python, the file would end there too: what comes after it is not registered.
    ///
    /// ## Example
    ///
    /// ```python
    /// settings = {"pool": "k8s"}
    /// etl.deploy(name="nightly", work_pool_name=settings["pol"])
    /// ```
    ///
    /// ## Use instead
    ///
    /// Correct what the message names; `python FILE` shows the same.
    "python-exception", Error
}
