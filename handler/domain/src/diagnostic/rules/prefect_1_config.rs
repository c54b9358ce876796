crate::diagnostic::rule! {
    /// `prefect.config` is gone.
    ///
    /// ## What it finds
    ///
    /// A value read from `prefect.config` or from `config.toml`.
    ///
    /// ## Why it matters
    ///
    /// Prefect 3 has settings of its own and no room for those of flows.
    ///
    /// ## Example
    ///
    /// ```python
    /// bucket = prefect.config.bucket
    /// ```
    ///
    /// ## Use instead
    ///
    /// A variable, a block, or a parameter of the flow.
    ///
    /// ```python
    /// bucket = Variable.get("bucket")
    /// ```
    "prefect-1-config", Error
}
