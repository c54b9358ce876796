crate::diagnostic::rule! {
    /// A run is a call.
    ///
    /// ## What it finds
    ///
    /// `flow.run(…)`; a warning for arguments that a call does not have, and where the state that it gives is used.
    ///
    /// ## Why it matters
    ///
    /// A call gives what the function returns, and raises what it raises.
    ///
    /// ## Example
    ///
    /// ```python
    /// state = flow.run(parameters={"limit": 5})
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// etl(limit=5)
    /// ```
    "prefect-1-run", Info
}
