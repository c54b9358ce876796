crate::diagnostic::rule! {
    /// A file is written for Prefect 1.
    ///
    /// ## What it finds
    ///
    /// A file that imports what only Prefect 1 has: `Flow`, `Parameter`, `prefect.run_configs`, `prefect.storage` and the
    /// like. An error where a deployment runs it or nothing is declared, else a warning.
    ///
    /// ## Why it matters
    ///
    /// Prefect 2 and 3 cannot import it, so every run fails at its start.
    ///
    /// ## Example
    ///
    /// ```python
    /// with Flow("etl") as flow:
    ///     load(extract())
    /// ```
    ///
    /// ## Use instead
    ///
    /// `check --convert` shows the diff, with a report of each construct.
    ///
    /// ```python
    /// @flow(name="etl")
    /// def etl():
    ///     load(extract())
    /// ```
    "prefect-1", Error
}
