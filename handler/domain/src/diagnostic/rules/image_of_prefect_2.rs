crate::diagnostic::rule! {
    /// An image of Prefect 2 does not run flows of a Prefect 3 server.
    ///
    /// ## What it finds
    ///
    /// An infrastructure block whose image is a base image of Prefect 2, on a Prefect 3 server.
    ///
    /// ## Why it matters
    ///
    /// The worker would start a client that the server does not understand.
    ///
    /// ## Example
    ///
    /// ```python
    /// KubernetesJob(image="prefecthq/prefect:2.14-python3.11")
    /// ```
    ///
    /// ## Use instead
    ///
    /// State an image with Prefect 3 as job variable `image`, or let the work pool say it.
    "image-of-prefect-2", Warning
}
