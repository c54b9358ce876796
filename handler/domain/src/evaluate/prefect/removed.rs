//! Names that one of the two major versions of Prefect does not have.

/// Modules with all that is in them, and single names, of Prefect 2 only.
const TWO: [&str; 22] = [
    "prefect.agent",
    "prefect.blocks.kubernetes",
    "prefect.blocks.system.DateTime",
    "prefect.blocks.system.JSON",
    "prefect.deployments.Deployment",
    "prefect.deployments.deployments.Deployment",
    "prefect.deployments.load_deployments_from_yaml",
    "prefect.deployments.runner.DeploymentImage",
    "prefect.filesystems.Azure",
    "prefect.filesystems.GCS",
    "prefect.filesystems.GitHub",
    "prefect.filesystems.S3",
    "prefect.infrastructure.DockerContainer",
    "prefect.infrastructure.KubernetesJob",
    "prefect.infrastructure.Process",
    "prefect.infrastructure.base",
    "prefect.infrastructure.container",
    "prefect.infrastructure.kubernetes",
    "prefect.infrastructure.process",
    "prefect.packaging",
    "prefect.results.PersistedResult",
    "prefect.task_runners.SequentialTaskRunner",
];

/// Those of Prefect 3 only.
const THREE: [&str; 10] = [
    "prefect.assets",
    "prefect.aserve",
    "prefect.cache_policies",
    "prefect.client.schemas.objects.ConcurrencyLimitConfig",
    "prefect.concurrency.v1",
    "prefect.docker",
    "prefect.futures.wait",
    "prefect.schedules",
    "prefect.transactions",
    "prefect.types.entrypoint",
];

/// Those that neither has any more.
const NEITHER: [&str; 4] = [
    "prefect.deployments.DeploymentSpec",
    "prefect.flow_runners",
    "prefect.infrastructure.docker",
    "prefect.orion",
];

/// Whether this Prefect lacks `dotted`. Source: imports of each under 2.20 and 3.9.
pub(in crate::evaluate) fn is_missing(is_three: bool, dotted: &str) -> bool {
    let lacking: &[&str] = if is_three { &TWO } else { &THREE };
    let is_below = |it: &str| {
        dotted.strip_prefix(it).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    lacking.iter().chain(&NEITHER).any(|it| is_below(it))
}
