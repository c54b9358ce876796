crate::diagnostic::rule! {
    /// A decorator may make something else of a function than it says.
    ///
    /// ## What it finds
    ///
    /// A decorator of the bundle between `@flow` and the function, of which it cannot be told whether it keeps the parameters
    /// and the docstring of that; or one in the place of `@flow`, of which it cannot be told whether it makes a flow, as where
    /// a condition decides, or where it gives an object of an own class below `Flow`.
    ///
    /// ## Why it matters
    ///
    /// Prefect describes what the decorator gives. Where that is a function with `*args` and `**kwargs`, these are the
    /// parameters of the flow, and a run cannot be started with the real ones. Here the function's own are registered. What
    /// may be a flow is taken for one, with the arguments that the decorator has; if it is none, every run fails.
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
