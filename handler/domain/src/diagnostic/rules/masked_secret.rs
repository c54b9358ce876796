crate::diagnostic::rule! {
    /// A secret is masked, so that it cannot be registered.
    ///
    /// ## What it finds
    ///
    /// A block without a name, in a built file or as infrastructure on the server, with `**********` in place of a
    /// secret.
    ///
    /// ## Why it matters
    ///
    /// What is masked is lost: registered as it is, the block would hold asterisks.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// storage:
    ///   azure_storage_connection_string: "**********"
    ///   _block_document_name: null
    /// ```
    ///
    /// ## Use instead
    ///
    /// Save the block under a name, and refer to it by that name.
    "masked-secret", Error
}
