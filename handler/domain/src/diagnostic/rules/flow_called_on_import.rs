crate::diagnostic::rule! {
    /// A flow runs whenever its file is imported.
    ///
    /// ## What it finds
    ///
    /// A call of a flow, or of its `serve`, at the top level of the file that an entrypoint leads to.
    ///
    /// ## Why it matters
    ///
    /// A worker imports the file to run the flow: the flow then runs once more inside that import, with the parameters
    /// that stand there, or the import never ends.
    ///
    /// ## Example
    ///
    /// ```python
    /// @flow
    /// def etl():
    ///     ...
    ///
    /// etl()
    /// ```
    ///
    /// ## Use instead
    ///
    /// Guard it:
    ///
    /// ```python
    /// if __name__ == "__main__":
    ///     etl()
    /// ```
    "flow-called-on-import", Warning
}
