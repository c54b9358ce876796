crate::diagnostic::rule! {
    /// A mapped task is submitted for each item.
    ///
    /// ## What it finds
    ///
    /// `task.map`, `mapped`, `flatten` and `apply_map`.
    ///
    /// ## Why it matters
    ///
    /// A flow waits only for what it asks for, so results of mapped tasks are asked for with `.result()`.
    ///
    /// ## Example
    ///
    /// ```python
    /// rows = parse.map(files)
    /// load(flatten(rows))
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// rows = parse.map(files).result()
    /// load([it for part in rows for it in part])
    /// ```
    "prefect-1-map", Info
}
