crate::diagnostic::rule! {
    /// A flow or a deployment file imports what the Prefect version does not have.
    ///
    /// ## What it finds
    ///
    /// An import of a module or class of another major version, in the file of a flow or in one that it imports:
    /// `prefect.orion`, `prefect.filesystems.Azure`, `prefect.deployments.Deployment` on 3.x, `prefect.docker` on 2.x,
    /// anything of Prefect 1. Of a deployment file, what neither Prefect 2.20 nor 3 has. Imports inside `try` and `if` are
    /// left alone.
    ///
    /// ## Why it matters
    ///
    /// The import raises, so that no run of the flow can start, and Python cannot run the deployment file.
    ///
    /// ## Example
    ///
    /// ```python
    /// from prefect.orion.schemas.schedules import CronSchedule
    /// ```
    ///
    /// ## Use instead
    ///
    /// Use what the hint names:
    ///
    /// ```python
    /// from prefect.client.schemas.schedules import CronSchedule
    /// ```
    "removed-import", Warning
}
