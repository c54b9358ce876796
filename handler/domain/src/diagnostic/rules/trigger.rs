crate::diagnostic::rule! {
    /// A trigger is not one that Prefect takes.
    ///
    /// ## What it finds
    ///
    /// An unknown type, a `posture` other than Reactive and Proactive, a Proactive trigger within less than 10 s, a
    /// compound without `require`, and the like.
    ///
    /// ## Why it matters
    ///
    /// The server refuses the automation.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// triggers:
    ///   - posture: Proactive
    ///     expect: [sales.uploaded]
    ///     within: 5
    /// ```
    ///
    /// ## Use instead
    ///
    /// Follow the message:
    ///
    /// ```yaml
    /// triggers:
    ///   - posture: Proactive
    ///     expect: [sales.uploaded]
    ///     within: 60
    /// ```
    "trigger", Error
}
