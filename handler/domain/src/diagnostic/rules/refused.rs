crate::diagnostic::rule! {
    /// A guard refuses a step of the plan.
    ///
    /// ## What it finds
    ///
    /// A deployment of the same flow and name that belongs to another bundle or to nobody, a work pool that does not
    /// exist, and the like.
    ///
    /// ## Why it matters
    ///
    /// Nothing of the plan is written, so that nothing that is not ours is touched.
    ///
    /// ## Use instead
    ///
    /// The message names the owner. Rename the deployment, or take it over with `--adopt` when it should be ours.
    "refused", Error
}
