crate::diagnostic::rule! {
    /// An infrastructure block is only known to the server.
    ///
    /// ## What it finds
    ///
    /// A saved infrastructure block, where no server is asked.
    ///
    /// ## Why it matters
    ///
    /// What it holds becomes job variables on Prefect 3; without the server nothing is known of it.
    ///
    /// ## Example
    ///
    /// ```python
    /// KubernetesJob.load("base")
    /// ```
    ///
    /// ## Use instead
    ///
    /// Look at it with `plan`, which reads the block.
    "block-not-read", Info
}
