crate::diagnostic::rule! {
    /// A name in an archive is not UTF-8.
    ///
    /// ## What it finds
    ///
    /// An entry whose name is in another encoding.
    ///
    /// ## Why it matters
    ///
    /// Blob names are Unicode: it would be stored under another name, and no import would find it.
    ///
    /// ## Use instead
    ///
    /// Pack it again with UTF-8 names, or rename the file.
    "path-not-utf8", Error
}
