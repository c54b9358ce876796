crate::diagnostic::rule! {
    /// A function would register deployments, and nothing calls it.
    ///
    /// ## What it finds
    ///
    /// A function at the top of a `*deployment.py` file that registers a deployment, where the file never calls it.
    ///
    /// ## Why it matters
    ///
    /// Its deployments are not registered, neither here nor when the file is run.
    ///
    /// ## Example
    ///
    /// ```python
    /// def main():
    ///     etl.deploy(name="daily", work_pool_name="k8s")
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// if __name__ == "__main__":
    ///     main()
    /// ```
    "never-called", Warning
}
