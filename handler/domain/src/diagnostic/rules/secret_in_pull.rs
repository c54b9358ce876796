crate::diagnostic::rule! {
    /// A token would be stored in plain text in the deployment.
    ///
    /// ## What it finds
    ///
    /// An access token of a `GitRepository` that is written out in a deployment file.
    ///
    /// ## Why it matters
    ///
    /// Pull steps are stored readably, for everybody who may see the deployment.
    ///
    /// ## Example
    ///
    /// ```python
    /// GitRepository(url="https://…", credentials={"access_token": "ghp_…"})
    /// ```
    ///
    /// ## Use instead
    ///
    /// Save it as a Secret block and load it:
    ///
    /// ```python
    /// GitRepository(url="https://…", credentials={"access_token": Secret.load("git-token")})
    /// ```
    "secret-in-pull", Error
}
