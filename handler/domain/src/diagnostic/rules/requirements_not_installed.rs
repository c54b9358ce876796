crate::diagnostic::rule! {
    /// The generated pull installs no requirements.
    ///
    /// ## What it finds
    ///
    /// A `requirements.txt` in the worker's folder, and a pull that is generated.
    ///
    /// ## Why it matters
    ///
    /// What it lists must be in the image of the worker; else imports fail when a run starts.
    ///
    /// ## Use instead
    ///
    /// Put the packages into the image, or set `SYNC_PIP_INSTALL=true`, which appends a `pip_install_requirements`
    /// step.
    "requirements-not-installed", Info
}
