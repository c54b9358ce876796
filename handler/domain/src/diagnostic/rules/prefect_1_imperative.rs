crate::diagnostic::rule! {
    /// A flow that is built by calls has to be written anew.
    ///
    /// ## What it finds
    ///
    /// `flow.add_task`, `flow.set_dependencies`, `flow.add_edge` and the like.
    ///
    /// ## Why it matters
    ///
    /// Prefect 3 has no graph to add to: the order of the calls is the order of the tasks.
    ///
    /// ## Example
    ///
    /// ```python
    /// flow.set_dependencies(load, upstream_tasks=[clean], keyword_tasks={"rows": extract})
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// rows = extract()
    /// load(rows, wait_for=[clean()])
    /// ```
    "prefect-1-imperative", Error
}
