crate::diagnostic::rule! {
    /// Prefect cannot be reached.
    ///
    /// ## What it finds
    ///
    /// The API does not answer, or answers 503, after all retries.
    ///
    /// ## Why it matters
    ///
    /// Nothing more was changed; what was not done is done the next time.
    ///
    /// ## Use instead
    ///
    /// Look whether the server of `PREFECT_API_URL` is up, and try again.
    "not-available", Error
}
