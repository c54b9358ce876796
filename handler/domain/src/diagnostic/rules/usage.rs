crate::diagnostic::rule! {
    /// The command line is not understood.
    ///
    /// ## What it finds
    ///
    /// A wrong command, option or value, or a path that does not exist.
    ///
    /// ## Why it matters
    ///
    /// Nothing was done.
    ///
    /// ## Use instead
    ///
    /// `prefect-azure-sync --help` shows the commands, `prefect-azure-sync check --help` the options of one.
    "usage", Error
}
