crate::diagnostic::rule! {
    /// A tag looks like the mark of a bundle.
    ///
    /// ## What it finds
    ///
    /// A declared tag of the form `bundle:NAME/NAME`.
    ///
    /// ## Why it matters
    ///
    /// That is how we mark on the server which bundle of which installation a deployment belongs to. One that has the mark of
    /// another bundle is refused, so the deployment could be made once and never be changed again.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// deployments:
    ///   - name: nightly
    ///     tags: ["bundle:eu/west"]
    /// ```
    ///
    /// ## Use instead
    ///
    /// Spell the tag another way: `bundle-eu-west`.
    "reserved-tag", Error
}
