crate::diagnostic::rule! {
    /// A file in `work-pools/` is not as it has to be.
    ///
    /// ## What it finds
    ///
    /// A key that a pool or a queue does not have, a value of another type, a queue or a priority that is given twice.
    ///
    /// ## Why it matters
    ///
    /// The pool would not be what was meant, and runs would wait in a queue that nobody polls.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// name: aks
    /// concurency_limit: 10
    /// ```
    ///
    /// ## Use instead
    ///
    /// Correct it, as the hint says:
    ///
    /// ```yaml
    /// name: aks
    /// type: kubernetes
    /// concurrency_limit: 10
    /// queues:
    ///   - name: high
    ///     priority: 1
    /// ```
    "work-pool-file", Error
}
