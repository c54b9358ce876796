crate::diagnostic::rule! {
    /// A Python file has a syntax error.
    ///
    /// ## What it finds
    ///
    /// A file that an entrypoint leads to and that Python could not compile.
    ///
    /// ## Why it matters
    ///
    /// No worker can import it.
    ///
    /// ## Example
    ///
    /// ```python
    /// def etl(:
    ///     ...
    /// ```
    ///
    /// ## Use instead
    ///
    /// Correct it: `python -m py_compile FILE` shows the same.
    "python-syntax", Error
}
