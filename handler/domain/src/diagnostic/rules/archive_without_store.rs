crate::diagnostic::rule! {
    /// An archive is applied, but nobody would unpack it for the workers.
    ///
    /// ## What it finds
    ///
    /// `plan` or `apply` of a `.zip`, `.tar.gz` or `.tgz` from the command line, with a deployment that declares no
    /// `pull`.
    ///
    /// ## Why it matters
    ///
    /// Without a store the code stays where it is, and workers cannot run code that lies in an archive.
    ///
    /// ## Use instead
    ///
    /// Unpack it and apply the folder, or upload it to the bundle container.
    "archive-without-store", Error
}
