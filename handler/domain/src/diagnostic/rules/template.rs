crate::diagnostic::rule! {
    /// A text in the parameters of a trigger is no template.
    ///
    /// ## What it finds
    ///
    /// A `{{` or `{%` that is not closed, or that holds nothing.
    ///
    /// ## Why it matters
    ///
    /// The server parses these texts before it takes the automation, and refuses it.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// triggers:
    ///   - expect: [sales.uploaded]
    ///     parameters:
    ///       file: "{{ event.resource.id }"
    /// ```
    ///
    /// ## Use instead
    ///
    /// Close it:
    ///
    /// ```yaml
    /// triggers:
    ///   - expect: [sales.uploaded]
    ///     parameters:
    ///       file: "{{ event.resource.id }}"
    /// ```
    "template", Error
}
