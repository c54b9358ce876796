crate::diagnostic::rule! {
    /// A default cannot be read without running the file.
    ///
    /// ## What it finds
    ///
    /// A default that is made by a call of unknown code, that depends on the clock, or that comes from a module which
    /// imports a package that no requirements.txt or pyproject.toml of the bundle names.
    ///
    /// ## Why it matters
    ///
    /// It is shown as null. The flow itself gets its own default all the same.
    ///
    /// ## Example
    ///
    /// ```python
    /// @flow
    /// def etl(day: str = today()):
    ///     ...
    /// ```
    ///
    /// ## Use instead
    ///
    /// Use a constant, or `None` and make the value inside the flow:
    ///
    /// ```python
    /// @flow
    /// def etl(day: str | None = None):
    ///     day = day or today()
    /// ```
    "unresolved-default", Warning
}
