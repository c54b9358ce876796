crate::diagnostic::rule! {
    /// A converted deployment file is needed for something else.
    ///
    /// ## What it finds
    ///
    /// With `check --convert`: a `*deployment.py` file whose deployments are entries of `prefect.yaml` now, and which holds
    /// the flow of an entry, or is imported by a file that stays.
    ///
    /// ## Why it matters
    ///
    /// As long as it declares them too, the deployments are declared twice, and nothing is registered.
    ///
    /// ## Example
    ///
    /// ```python
    /// @flow
    /// def etl(): ...
    ///
    /// if __name__ == "__main__":
    ///     etl.deploy(name="daily", work_pool_name="k8s")
    /// ```
    ///
    /// ## Use instead
    ///
    /// Remove the lines that declare the deployments, and give the file a name that does not end in `deployment.py`.
    "deployment-file-stays", Warning
}
