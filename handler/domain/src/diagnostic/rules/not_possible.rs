crate::diagnostic::rule! {
    /// What was asked for cannot be done.
    ///
    /// ## What it finds
    ///
    /// A fault of the world: a file that cannot be read, an answer of the server that is not understood.
    ///
    /// ## Why it matters
    ///
    /// Nothing is guessed; the message says what failed, and the whole chain of causes.
    ///
    /// ## Use instead
    ///
    /// Correct what the message names, and try again.
    "not-possible", Error
}
