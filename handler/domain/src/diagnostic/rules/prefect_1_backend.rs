crate::diagnostic::rule! {
    /// `prefect.backend` is gone.
    ///
    /// ## What it finds
    ///
    /// A name of `prefect.backend`: key-value pairs, artifacts, views of flows and runs.
    ///
    /// ## Why it matters
    ///
    /// The module does not exist in Prefect 3.
    ///
    /// ## Example
    ///
    /// ```python
    /// from prefect.backend import get_key_value
    /// day = get_key_value("day")
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// from prefect.variables import Variable
    /// day = Variable.get("day")
    /// ```
    "prefect-1-backend", Error
}
