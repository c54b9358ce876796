crate::diagnostic::rule! {
    /// A secret is a block.
    ///
    /// ## What it finds
    ///
    /// `PrefectSecret` and `Secret`; an error where the text does not tell the name. `EnvVarSecret` is read with `os.environ`.
    ///
    /// ## Why it matters
    ///
    /// Prefect 3 keeps secrets in blocks, whose names have only small letters, digits and dashes.
    ///
    /// ## Example
    ///
    /// ```python
    /// password = PrefectSecret("DB_PASSWORD")
    /// ```
    ///
    /// ## Use instead
    ///
    /// Save the block before the first run.
    ///
    /// ```python
    /// password = Secret.load("db-password").get()
    /// ```
    "prefect-1-secret", Warning
}
