crate::diagnostic::rule! {
    /// A default depends on an environment variable, or on where the bundle lies.
    ///
    /// ## What it finds
    ///
    /// A parameter's default that is made of `os.environ` or `os.getenv`. Without a value of its own it is a warning,
    /// else a note. And one that holds the path of the bundle, made of `__file__` or of the folder that Python runs in.
    ///
    /// ## Why it matters
    ///
    /// The environment is that of the worker and is not known here: the schema shows what the default is without the
    /// variable. The path of the bundle is another one on each machine, and here it is made up.
    ///
    /// ## Example
    ///
    /// ```python
    /// @flow
    /// def etl(bucket: str = os.environ["BUCKET"]):
    ///     ...
    /// ```
    ///
    /// ## Use instead
    ///
    /// Give it a default, or set it under `parameters` of the deployment:
    ///
    /// ```python
    /// @flow
    /// def etl(bucket: str = os.getenv("BUCKET", "landing")):
    ///     ...
    /// ```
    "environment-default", Warning
}
