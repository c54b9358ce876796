crate::diagnostic::rule! {
    /// Which way a declaration file goes is not known.
    ///
    /// ## What it finds
    ///
    /// An `if`, a loop or the like whose condition depends on a call of unknown code, the network or a variable that is
    /// not given, and inside which a deployment is registered.
    ///
    /// ## Why it matters
    ///
    /// A guess would register a deployment that the author does not mean, or leave one out.
    ///
    /// ## Example
    ///
    /// ```python
    /// if requests.get("https://…").ok:
    ///     etl.deploy(name="nightly", work_pool_name="k8s")
    /// ```
    ///
    /// ## Use instead
    ///
    /// Decide by a constant, by a file of the bundle, or by an environment variable that the operator allows.
    "unknown-branch", Error
}
