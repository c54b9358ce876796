crate::diagnostic::rule! {
    /// The task library is gone.
    ///
    /// ## What it finds
    ///
    /// A name of `prefect.tasks`, besides those that have a rule.
    ///
    /// ## Why it matters
    ///
    /// Prefect 3 has integrations in packages of their own, such as prefect-aws.
    ///
    /// ## Example
    ///
    /// ```python
    /// from prefect.tasks.shell import ShellTask
    /// ShellTask()(command="ls")
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```python
    /// @task
    /// def shell(command):
    ///     return subprocess.run(command, shell=True, check=True)
    /// ```
    "prefect-1-task-library", Error
}
