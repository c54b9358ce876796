crate::diagnostic::rule! {
    /// Prefect does not accept our credentials.
    ///
    /// ## What it finds
    ///
    /// An answer 401 or 403 of the API.
    ///
    /// ## Why it matters
    ///
    /// Nothing was changed.
    ///
    /// ## Use instead
    ///
    /// Set `PREFECT_API_KEY` (Prefect Cloud) or `PREFECT_API_AUTH_STRING` (a server with basic auth), and look whether
    /// `PREFECT_API_URL` is that of the same workspace.
    "not-authorised", Error
}
