crate::diagnostic::rule! {
    /// A pass over the bundles did not end well.
    ///
    /// ## What it finds
    ///
    /// `serve --once` ended with a bundle that a person has to look at, or that has to be tried later.
    ///
    /// ## Why it matters
    ///
    /// Its receipt says which step did not succeed and why.
    ///
    /// ## Use instead
    ///
    /// Read the newest receipt of the bundle.
    "not-done", Error
}
