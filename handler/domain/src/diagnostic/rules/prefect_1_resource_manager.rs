crate::diagnostic::rule! {
    /// A resource manager is a context manager.
    ///
    /// ## What it finds
    ///
    /// `@resource_manager` and `ResourceManager`.
    ///
    /// ## Why it matters
    ///
    /// Setup and cleanup are plain Python in Prefect 3.
    ///
    /// ## Example
    ///
    /// ```python
    /// @resource_manager
    /// class Cluster:
    ///     def setup(self): ...
    ///     def cleanup(self, it): ...
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// @contextmanager
    /// def cluster():
    ///     it = start()
    ///     try:
    ///         yield it
    ///     finally:
    ///         stop(it)
    /// ```
    "prefect-1-resource-manager", Error
}
