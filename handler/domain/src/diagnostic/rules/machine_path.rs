crate::diagnostic::rule! {
    /// A pull step names a path of one machine.
    ///
    /// ## What it finds
    ///
    /// A value of a declared pull step that starts with `/Users/`, `/home/` (unless the code comes with an image), or a
    /// Windows drive.
    ///
    /// ## Why it matters
    ///
    /// Workers do not have that folder, so that every run fails.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// pull:
    ///   - prefect.deployments.steps.set_working_directory:
    ///       directory: /Users/ada/project
    ///   - prefect.deployments.steps.pip_install_requirements:
    ///       requirements_file: requirements.txt
    /// ```
    ///
    /// ## Use instead
    ///
    /// Leave `pull` out, so that the staged code is pulled, or name a folder of the image.
    "machine-path", Warning
}
