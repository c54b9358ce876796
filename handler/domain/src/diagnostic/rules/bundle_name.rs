crate::diagnostic::rule! {
    /// A deployment file looks in its own path for a folder that is not there.
    ///
    /// ## What it finds
    ///
    /// `os.getcwd().find("my_repository")` and the like, where the bundle is called otherwise here.
    ///
    /// ## Why it matters
    ///
    /// `find` gives -1 then, and what is cut off at it is the last letter of the path.
    ///
    /// ## Example
    ///
    /// ```python
    /// path = os.getcwd()[os.getcwd().find("orion_flows"):]
    /// ```
    ///
    /// ## Use instead
    ///
    /// Tell what the author's folder is called: by `SYNC_BUNDLE_NAME=orion_flows`, on the command line by
    /// `--bundle-name orion_flows`.
    "bundle-name", Warning
}
