crate::diagnostic::rule! {
    /// A flow is called, served or deployed whenever its file is imported.
    ///
    /// ## What it finds
    ///
    /// A call of a flow, of its `serve` or `deploy`, or of `prefect.serve` or `prefect.deploy`, at the top level of the
    /// file that an entrypoint leads to.
    ///
    /// ## Why it matters
    ///
    /// A worker imports the file to run the flow, and does there what stands at the top level:
    ///
    /// - `etl()`: Prefect 3 runs the flow once more inside that import, with the parameters that stand there. Prefect 2
    ///   does not run it, the call gives None, so that `asyncio.run(etl())` fails, and the run with it.
    /// - `etl.serve()`, `serve(…)`: a deployment is registered, and its runs are waited for. The import never ends, and
    ///   the run that it was for never begins.
    /// - `etl.deploy(…)`, `deploy(…)`: the deployment is registered anew before each run, and its upcoming runs are
    ///   replaced. Where that fails, for want of Docker to build the image with, the run does too.
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
