crate::diagnostic::rule! {
    /// The flow's name in a built file is not that of the flow.
    ///
    /// ## What it finds
    ///
    /// A `flow_name` in a file of `prefect deployment build` that is not the name of the flow its entrypoint leads to.
    ///
    /// ## Why it matters
    ///
    /// The deployment is registered with the flow that the file names; its runs execute another.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// flow_name: load
    /// entrypoint: flow.py:renew   # @flow(name="renew")
    /// ```
    ///
    /// ## Use instead
    ///
    /// Build the file again, or correct the name.
    "stale-flow-name", Warning
}
