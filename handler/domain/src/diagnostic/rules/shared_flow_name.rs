crate::diagnostic::rule! {
    /// Two functions have one flow name.
    ///
    /// ## What it finds
    ///
    /// Deployments whose entrypoints lead to different functions with the same flow name.
    ///
    /// ## Why it matters
    ///
    /// A flow is known by its name: the runs of both are mixed in every list, filter and automation, and two
    /// deployments of one name overwrite each other.
    ///
    /// ## Example
    ///
    /// ```python
    /// # load.py and renew.py both have
    /// @flow
    /// def main():
    ///     ...
    /// ```
    ///
    /// ## Use instead
    ///
    /// Name them apart:
    ///
    /// ```python
    /// @flow(name="load")
    /// def main():
    ///     ...
    /// ```
    "shared-flow-name", Warning
}
