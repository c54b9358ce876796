crate::diagnostic::rule! {
    /// A branch of Prefect 1 is an `if`.
    ///
    /// ## What it finds
    ///
    /// `case`, `switch`, `merge` and `ifelse`: converted where the text tells what they do, else an error.
    ///
    /// ## Why it matters
    ///
    /// A flow of Prefect 3 is plain Python, which branches by itself.
    ///
    /// ## Example
    ///
    /// ```python
    /// with case(is_ready(), True):
    ///     load()
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// if is_ready():
    ///     load()
    /// ```
    "prefect-1-branch", Info
}
