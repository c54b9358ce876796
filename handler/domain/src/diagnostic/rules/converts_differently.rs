crate::diagnostic::rule! {
    /// A deployment of a Python file is not the same as an entry of `prefect.yaml`.
    ///
    /// ## What it finds
    ///
    /// With `check --convert`: a field that the new entry would register differently, as a warning; and a deployment that no
    /// entry can register, as an error: its flow is not in the bundle, or has another name than its function says.
    ///
    /// ## Why it matters
    ///
    /// The server would have another deployment after the conversion than before.
    ///
    /// ## Example
    ///
    /// ```python
    /// etl.with_options(name="etl-eu").deploy(name="daily", work_pool_name="k8s")
    /// ```
    ///
    /// ## Use instead
    ///
    /// Compare `render` before and after. A flow with another name is a function of its own:
    ///
    /// ```python
    /// @flow(name="etl-eu")
    /// def etl_eu():
    ///     etl()
    /// ```
    "converts-differently", Warning
}
