crate::diagnostic::rule! {
    /// A decorator below `@flow` may describe the flow otherwise than its function does.
    ///
    /// ## What it finds
    ///
    /// A decorator of the bundle between `@flow` and the function, of which it cannot be told whether it keeps the parameters
    /// and the docstring of that.
    ///
    /// ## Why it matters
    ///
    /// Prefect describes what the decorator gives. Where that is a function with `*args` and `**kwargs`, these are the
    /// parameters of the flow, and a run cannot be started with the real ones. Here the function's own are registered.
    ///
    /// ## Example
    ///
    /// ```python
    /// @flow
    /// @Logged
    /// def etl(day: date):
    ///     ...
    /// ```
    ///
    /// ## Use instead
    ///
    /// Make the decorator a function that keeps what it wraps:
    ///
    /// ```python
    /// def logged(fn):
    ///     @functools.wraps(fn)
    ///     def wrapper(*args, **kwargs):
    ///         return fn(*args, **kwargs)
    ///
    ///     return wrapper
    /// ```
    "unread-decorator", Warning
}
