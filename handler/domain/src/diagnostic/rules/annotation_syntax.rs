crate::diagnostic::rule! {
    /// The type of a parameter is a text that is no Python.
    ///
    /// ## What it finds
    ///
    /// A quoted annotation that cannot be parsed.
    ///
    /// ## Why it matters
    ///
    /// Prefect evaluates such a text when it makes the parameter schema, and fails on it.
    ///
    /// ## Example
    ///
    /// ```python
    /// @flow
    /// def etl(day: "the day to load"):
    ///     ...
    /// ```
    ///
    /// ## Use instead
    ///
    /// Write a type, and move the text to the docstring:
    ///
    /// ```python
    /// @flow
    /// def etl(day: str):
    ///     """Loads a day.
    ///
    ///     Args:
    ///         day: the day to load
    ///     """
    /// ```
    "annotation-syntax", Error
}
