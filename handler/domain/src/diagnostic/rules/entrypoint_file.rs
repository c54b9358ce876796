crate::diagnostic::rule! {
    /// The file of an entrypoint is not in the bundle.
    ///
    /// ## What it finds
    ///
    /// An entrypoint whose file is neither below the bundle's root nor below the folder of its `prefect.yaml`.
    ///
    /// ## Why it matters
    ///
    /// Every run of the deployment would fail. Often the file was moved, its name is spelt in another case,
    /// `.prefectignore` excludes it, or another folder than the project's root was packed.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// deployments:
    ///   - name: nightly
    ///     entrypoint: flow/etl.py:etl   # the folder is `flows`
    /// ```
    ///
    /// ## Use instead
    ///
    /// Write the path as it is from the bundle's root:
    ///
    /// ```yaml
    /// deployments:
    ///   - name: nightly
    ///     entrypoint: flows/etl.py:etl
    /// ```
    ///
    /// Code that a deployment file in Python declares to lie elsewhere, in a storage block or a repository, need not be in
    /// the bundle: `SYNC_PULL=declared` leaves it there. The flow of an entry of `prefect.yaml` has to be in it in any
    /// case, since its parameters are read from there.
    "entrypoint-file", Error
}
