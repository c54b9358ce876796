crate::diagnostic::rule! {
    /// An argument of `@flow` cannot be read without running the file.
    ///
    /// ## What it finds
    ///
    /// A `name` of `@flow` that is made by a call which cannot be evaluated, or that an environment variable without a default
    /// decides.
    ///
    /// ## Why it matters
    ///
    /// The name is the key of the deployment; a guess would register another one.
    ///
    /// ## Example
    ///
    /// ```python
    /// @flow(name=make_name())
    /// def etl():
    ///     ...
    /// ```
    ///
    /// ## Use instead
    ///
    /// Write a text or a constant of the file:
    ///
    /// ```python
    /// @flow(name="etl")
    /// def etl():
    ///     ...
    /// ```
    "flow-argument", Error
}
