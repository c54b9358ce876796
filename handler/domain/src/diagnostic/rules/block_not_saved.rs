crate::diagnostic::rule! {
    /// A declaration file saves a block.
    ///
    /// ## What it finds
    ///
    /// `block.save("name")` in a deployment file.
    ///
    /// ## Why it matters
    ///
    /// Declaration files are read and never run, so that no block is written: a deployment that uses it waits for one
    /// of that name.
    ///
    /// ## Example
    ///
    /// ```python
    /// Secret(value="…").save("api-token")
    /// ```
    ///
    /// ## Use instead
    ///
    /// Create the block once, by hand or in a script of its own, and load it: `Secret.load("api-token")`.
    "block-not-saved", Warning
}
