crate::diagnostic::rule! {
    /// A name in an overlay fits no deployment of the bundle.
    ///
    /// ## What it finds
    ///
    /// A key of `deployments` that is neither `flow/name` nor `name` of a deployment, nor a pattern (`etl-*`) that fits one.
    ///
    /// ## Why it matters
    ///
    /// The deployment that was meant would be registered without what the environment needs.
    ///
    /// ## Use instead
    ///
    /// Correct the name, as the hint says, or remove the entry.
    "overlay-name", Error
}
