crate::diagnostic::rule! {
    /// A deployment names a work queue that does not exist, and that has nearly the name of one that does.
    ///
    /// ## What it finds
    ///
    /// A `work_queue_name` that neither the server has in that work pool nor a file in `work-pools/` declares, and that looks
    /// like a typo of one of these.
    ///
    /// ## Why it matters
    ///
    /// The queue is made, as Prefect does in silence; a worker or agent that polls only named queues never takes its runs.
    ///
    /// ## Use instead
    ///
    /// Correct the name, or declare the queue in `work-pools/`.
    "work-queue", Warning
}
