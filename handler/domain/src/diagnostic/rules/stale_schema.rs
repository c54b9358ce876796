crate::diagnostic::rule! {
    /// The parameters in a built file are not those of the flow.
    ///
    /// ## What it finds
    ///
    /// A `parameter_openapi_schema` in a file of `prefect deployment build` that differs from what the flow in the
    /// bundle has now.
    ///
    /// ## Why it matters
    ///
    /// The file was built once; the flow has changed since. The schema of the flow is registered, so that runs are
    /// checked against what the flow takes.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// parameter_openapi_schema:
    ///   properties: {old_name: {type: string}}
    /// ```
    ///
    /// ## Use instead
    ///
    /// Build the file again, or write the deployment into a prefect.yaml.
    "stale-schema", Warning
}
