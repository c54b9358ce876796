crate::diagnostic::rule! {
    /// A setting is missing or wrong.
    ///
    /// ## What it finds
    ///
    /// A variable of the environment that a setting is read from, and that cannot be read.
    ///
    /// ## Why it matters
    ///
    /// Nothing was done. All faults are named at once.
    ///
    /// ## Use instead
    ///
    /// Correct the variables that the message names; the README lists all settings.
    "settings", Error
}
