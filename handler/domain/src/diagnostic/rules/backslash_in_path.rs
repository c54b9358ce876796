crate::diagnostic::rule! {
    /// An archive holds a path with a backslash.
    ///
    /// ## What it finds
    ///
    /// An entry of the archive whose name holds `\`.
    ///
    /// ## Why it matters
    ///
    /// Workers run on Linux, where a backslash is a letter of the name and not a separator.
    ///
    /// ## Example
    ///
    /// ```text
    /// flows\etl.py
    /// ```
    ///
    /// ## Use instead
    ///
    /// Pack with a tool that separates folders with `/`, as the ZIP format asks for.
    "backslash-in-path", Error
}
