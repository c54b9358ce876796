crate::diagnostic::rule! {
    /// The `@flow` of a function comes from a module that is not in the bundle.
    ///
    /// ## What it finds
    ///
    /// A decorator called `flow` that is imported from a module which neither the bundle nor Prefect has.
    ///
    /// ## Why it matters
    ///
    /// It is taken for the one of Prefect, as Prefect itself does where it cannot run the file. Whatever it adds to the flow,
    /// such as a name, is not registered, and a worker without the module cannot import the file.
    ///
    /// ## Example
    ///
    /// ```python
    /// from company.prefect import flow
    ///
    /// @flow
    /// def etl():
    ///     ...
    /// ```
    ///
    /// ## Use instead
    ///
    /// Put the module into the bundle, or import Prefect's own:
    ///
    /// ```python
    /// from prefect import flow
    /// ```
    "foreign-flow", Warning
}
