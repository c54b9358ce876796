crate::diagnostic::rule! {
    /// A step of the plan did not succeed.
    ///
    /// ## What it finds
    ///
    /// `apply` sent a write, and Prefect did not take it.
    ///
    /// ## Why it matters
    ///
    /// The object is as it was; the other steps that do not depend on it were done.
    ///
    /// ## Use instead
    ///
    /// Read the reason in the message, correct it and apply again: what is done is not done twice.
    "failed", Error
}
