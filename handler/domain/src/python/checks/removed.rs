//! Imports of what the Prefect version does not have. Source: each was tried on 3.9.1 and 2.20.27.

use super::{Case, imports};
use crate::diagnostic::{Diagnostic, rules};
use crate::dialect::Dialect;
use crate::dotted::is_within;
use crate::python::parse::File;

/// A module or a name of one, and what to use instead.
type Gone = (&'static str, &'static str);

const BLOCK: &str = "use the block of a collection, or git_clone and pull steps";
const WORKER: &str = "name a work pool, and set its job variables";
const ONE: &str = "this is Prefect 1: write a `@flow` function with `@task` functions in it";

/// In neither.
const EVERYWHERE: [Gone; 32] = [
    ("prefect.orion.schemas.schedules", "import it from prefect.client.schemas.schedules"),
    ("prefect.orion.schemas", "import it from prefect.client.schemas"),
    ("prefect.orion", "import it from prefect.server, or from prefect.client"),
    ("prefect.client.orion", "import it from prefect.client.orchestration"),
    ("prefect.agent.OrionAgent", WORKER),
    ("prefect.flow_runners", WORKER),
    ("prefect.deployments.DeploymentSpec", "declare the deployment in prefect.yaml"),
    ("prefect.deployments.FlowScript", "declare the deployment in prefect.yaml"),
    ("prefect.task_runners.DaskTaskRunner", "import it from prefect_dask"),
    ("prefect.projects", "import it from prefect.deployments.steps"),
    ("prefect.utilities.logging", "use prefect.get_run_logger"),
    ("prefect.artifacts.create_markdown", "use create_markdown_artifact"),
    ("prefect.Parameter", "make it a typed argument of the `@flow` function"),
    ("prefect.case", "use Python's `if`"),
    ("prefect.mapped", "use `task.map(…)`"),
    ("prefect.Client", "use prefect.client.orchestration.get_client"),
    ("prefect.client.Client", "use prefect.client.orchestration.get_client"),
    ("prefect.tasks.secrets", "load a block: `Secret.load(\"name\").get()`"),
    ("prefect.tasks.prefect", "use prefect.deployments.run_deployment"),
    ("prefect.tasks.shell", "use prefect_shell"),
    ("prefect.tasks.control_flow", "use Python's `if`"),
    ("prefect.schedules.CronSchedule", "declare the schedule in prefect.yaml"),
    ("prefect.schedules.IntervalSchedule", "declare the schedule in prefect.yaml"),
    ("prefect.schedules.clocks", "declare the schedule in prefect.yaml"),
    ("prefect.engine.signals", "raise an exception, or return a state of prefect.states"),
    ("prefect.engine.state", "use prefect.states"),
    ("prefect.run_configs", WORKER),
    ("prefect.storage", "declare `pull` in prefect.yaml, or nothing: the bundle's code is staged"),
    ("prefect.executors", "use a task runner of prefect.task_runners"),
    ("prefect.triggers", ONE),
    ("prefect.core", ONE),
    ("prefect.environments", ONE),
];

/// Not in Prefect 3.
const NOT_IN_3: [Gone; 22] = [
    (
        "prefect.deployments.deployments.Deployment",
        "declare it in prefect.yaml, or use flow.deploy",
    ),
    ("prefect.deployments.Deployment", "declare it in prefect.yaml, or use flow.deploy"),
    ("prefect.deployments.DeploymentImage", "use prefect.docker.DockerImage"),
    ("prefect.deployments.runner.DeploymentImage", "use prefect.docker.DockerImage"),
    ("prefect.infrastructure.KubernetesJob", WORKER),
    ("prefect.infrastructure.DockerContainer", WORKER),
    ("prefect.infrastructure.Process", WORKER),
    ("prefect.infrastructure.container", WORKER),
    ("prefect.infrastructure.kubernetes", WORKER),
    ("prefect.infrastructure.process", WORKER),
    ("prefect.filesystems.Azure", "use prefect_azure.AzureBlobStorageContainer"),
    ("prefect.filesystems.GCS", "use prefect_gcp.GcsBucket"),
    ("prefect.filesystems.S3", "use prefect_aws.S3Bucket"),
    ("prefect.filesystems.GitHub", "use prefect_github.GitHubRepository"),
    ("prefect.packaging", BLOCK),
    ("prefect.blocks.kubernetes", "import it from prefect_kubernetes"),
    ("prefect.blocks.system.DateTime", "use a variable"),
    ("prefect.blocks.system.JSON", "use a variable, or a Secret block"),
    ("prefect.blocks.system.String", "use a variable"),
    ("prefect.task_runners.SequentialTaskRunner", "use ThreadPoolTaskRunner(max_workers=1)"),
    ("prefect.agent.PrefectAgent", WORKER),
    ("prefect.pydantic", "import it from pydantic"),
];

/// New in Prefect 3.
const NOT_IN_2: [Gone; 6] = [
    ("prefect.schedules", "import it from prefect.client.schemas.schedules"),
    ("prefect.docker", "use prefect.deployments.DeploymentImage"),
    ("prefect.task_runners.ThreadPoolTaskRunner", "use ConcurrentTaskRunner"),
    ("prefect.cache_policies", "use `cache_key_fn` of the task"),
    ("prefect.transactions", "Prefect 2 has no transactions"),
    ("prefect.assets", "Prefect 2 has no assets"),
];

/// What pydantic 2 says that it has no more. Source: its table of what was moved.
const PYDANTIC: [&str; 22] = [
    "BaseSettings",
    "ConstrainedBytes",
    "ConstrainedDate",
    "ConstrainedDecimal",
    "ConstrainedFloat",
    "ConstrainedFrozenSet",
    "ConstrainedInt",
    "ConstrainedList",
    "ConstrainedSet",
    "ConstrainedStr",
    "JsonWrapper",
    "NoneBytes",
    "NoneStr",
    "NoneStrBytes",
    "Protocol",
    "Required",
    "StrBytes",
    "compiled",
    "parse_file_as",
    "parse_raw_as",
    "stricturl",
    "validate_model",
];

pub(super) fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let (three, here) = (case.dialect.is_three(), if case.dialect.is_three() { "3" } else { "2" });
    let own: &[Gone] = if three { &NOT_IN_3 } else { &NOT_IN_2 };
    for file in case.files {
        for it in imports(&file.body).iter().filter(|it| it.level == 0 && it.first() == "prefect") {
            let mut all = EVERYWHERE.iter().chain(own);
            if let Some((name, instead)) = all.find(|(name, _)| is_within(&it.target, name)) {
                let message = format!("Prefect {here} has no `{name}`: runs fail on this import");
                let warning =
                    Diagnostic::warning(rules::REMOVED_IMPORT, file.at(&it.range), message);
                found.push(warning.hint(*instead));
            }
        }
    }
}

/// Imports of a deployment file that no supported Prefect has: it is read here, and Python cannot run it.
pub(crate) fn of_declaration(file: &File<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for it in imports(&file.body).iter().filter(|it| it.level == 0 && it.first() == "prefect") {
        if let Some((name, instead)) =
            EVERYWHERE.iter().find(|(name, _)| is_within(&it.target, name))
        {
            let message = format!(
                "neither Prefect 2.20 nor 3 has `{name}`: run by Python, this file ends here"
            );
            let at = file.at(&it.range);
            found.push(Diagnostic::warning(rules::REMOVED_IMPORT, at, message).hint(*instead));
        }
    }
    found
}

/// Whether Prefect of that version has no `target`, which was there once.
pub(in crate::python) fn is_gone(target: &str, dialect: Dialect) -> bool {
    let own: &[Gone] = if dialect.is_three() { &NOT_IN_3 } else { &NOT_IN_2 };
    if let Some(name) = target.strip_prefix("pydantic.") {
        return PYDANTIC.contains(&name);
    }
    target.starts_with("prefect.")
        && EVERYWHERE.iter().chain(own).any(|(name, _)| is_within(target, name))
}
