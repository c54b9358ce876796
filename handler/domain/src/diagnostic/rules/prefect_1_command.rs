crate::diagnostic::rule! {
    /// A command of Prefect 1 is gone.
    ///
    /// ## What it finds
    ///
    /// A command in a script, pipeline or Dockerfile of the bundle: `prefect register`, `prefect agent`, `prefect backend`
    /// and others.
    ///
    /// ## Why it matters
    ///
    /// The command line of Prefect 3 does not have it, so the step fails.
    ///
    /// ## Example
    ///
    /// ```sh
    /// prefect register --project etl -p flow.py
    /// ```
    ///
    /// ## Use instead
    ///
    /// Bundles that this program watches need no command: uploading registers them.
    ///
    /// ```sh
    /// prefect deploy --all
    /// ```
    "prefect-1-command", Error
}
