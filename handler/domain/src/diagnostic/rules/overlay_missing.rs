crate::diagnostic::rule! {
    /// A bundle has overlays, and none of the name that is in force.
    ///
    /// ## What it finds
    ///
    /// `SYNC_OVERLAY` (or `--overlay`) names an environment for which the folder `overlays/` has no file, though it has others.
    ///
    /// ## Why it matters
    ///
    /// The deployments are registered as they are declared, which may be those of another environment. A bundle without any
    /// overlay is the same everywhere, and nothing is said.
    ///
    /// ## Use instead
    ///
    /// Add the file, an empty one if nothing differs, or correct the setting.
    "overlay-missing", Warning
}
