crate::diagnostic::rule! {
    /// A name in an archive is too long.
    ///
    /// ## What it finds
    ///
    /// A file's or folder's name of more bytes than `SYNC_MAX_NAME_BYTES`.
    ///
    /// ## Why it matters
    ///
    /// File systems of workers refuse names of more than 255 bytes.
    ///
    /// ## Use instead
    ///
    /// Use a shorter name, or raise `SYNC_MAX_NAME_BYTES`.
    "name-too-long", Error
}
