//! Fields of infrastructure blocks as job variables. Source: `generate_work_pool_base_job_template` of each block of Prefect 2,
//! and the base job templates of 3.9.

use serde_json::Value;

use super::quoted::quoted;
use super::variables::Infrastructure;

const VERTEX: &str = "vertex-ai-custom-training-job";

/// The fields of `kind` that are job variables of the pool in its place; most have the same name there.
#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn known(kind: &str) -> Vec<&'static str> {
    let own: &[&str] = match kind {
        "kubernetes-job" => &[
            "image",
            "namespace",
            "service_account_name",
            "image_pull_policy",
            "finished_job_ttl",
            "job_watch_timeout_seconds",
            "pod_watch_timeout_seconds",
            "cluster_config",
        ],
        "docker-container" => &[
            "image",
            "networks",
            "network_mode",
            "volumes",
            "mem_limit",
            "memswap_limit",
            "privileged",
            "auto_remove",
            "image_pull_policy",
        ],
        "azure-container-instance-job" => &[
            "image",
            "cpu",
            "memory",
            "resource_group_name",
            "subscription_id",
            "aci_credentials",
            "identities",
            "entrypoint",
            "image_registry",
            "gpu_count",
            "gpu_sku",
            "subnet_ids",
            "dns_servers",
            "task_start_timeout_seconds",
            "task_watch_poll_interval",
        ],
        "ecs-task" => &[
            "image",
            "cpu",
            "memory",
            "cluster",
            "family",
            "launch_type",
            "vpc_id",
            "aws_credentials",
            "task_definition_arn",
            "task_role_arn",
            "execution_role_arn",
            "configure_cloudwatch_logs",
            "cloudwatch_logs_options",
            "auto_deregister_task_definition",
            "task_start_timeout_seconds",
            "task_watch_poll_interval",
        ],
        "cloud-run-job" => &[
            "image",
            "region",
            "credentials",
            "cpu",
            "memory",
            "memory_unit",
            "vpc_connector_name",
            "keep_job",
            "timeout",
        ],
        VERTEX => &[
            "image",
            "region",
            "gcp_credentials",
            "machine_type",
            "accelerator_type",
            "accelerator_count",
            "boot_disk_type",
            "boot_disk_size_gb",
            "maximum_run_time",
            "network",
            "reserved_ip_ranges",
            "service_account",
            "job_watch_poll_interval",
        ],
        _ => &["working_dir"],
    };
    own.iter().copied().chain(["env", "labels", "name", "command", "stream_output"]).collect()
}

/// The job variables that [`known`] fields become.
pub(super) fn variables(kind: &str) -> Vec<&'static str> {
    known(kind).into_iter().filter(|it| *it != "memory_unit").map(|it| renamed(kind, it)).collect()
}

/// The variable that says what the field `name` says; `None` where another one says it too.
pub(super) fn variable(
    given: &Infrastructure<'_>,
    name: &str,
    value: &Value,
) -> Option<(String, Value)> {
    let value = match (given.kind.as_str(), name) {
        ("cloud-run-job", "memory_unit") => return None,
        ("cloud-run-job", "memory") => with_unit(value, given.data.get("memory_unit")),
        ("cloud-run-job", "cpu") => thousandths(value),
        (VERTEX, "maximum_run_time") => hours(value),
        _ => translated(name, value),
    };
    Some((renamed(&given.kind, name).to_owned(), value))
}

fn renamed<'a>(kind: &str, name: &'a str) -> &'a str {
    match (kind, name) {
        (VERTEX, "gcp_credentials") => "credentials",
        (VERTEX, "maximum_run_time") => "maximum_run_time_hours",
        (VERTEX, "service_account") => "service_account_name",
        _ => name,
    }
}

/// `512` and `Mi` in one.
fn with_unit(value: &Value, unit: Option<&Value>) -> Value {
    match (value, unit.and_then(Value::as_str)) {
        (Value::Number(number), Some(unit)) => format!("{number}{unit}").into(),
        _ => value.clone(),
    }
}

/// Whole processors as `2000m`.
fn thousandths(value: &Value) -> Value {
    value
        .as_u64()
        .map_or_else(|| value.clone(), |it| format!("{}m", it.saturating_mul(1000)).into())
}

/// Seconds as hours.
fn hours(value: &Value) -> Value {
    let seconds = value.as_f64().filter(|it| *it >= 0.0);
    #[expect(clippy::cast_possible_truncation, reason = "`as` keeps within the bounds")]
    seconds.map_or_else(|| value.clone(), |it| ((it / 3600.0).round_ties_even() as i64).into())
}

/// `value` as the variable `name` takes it: a command is one text, a pull policy is written as Kubernetes writes it.
pub(super) fn translated(name: &str, value: &Value) -> Value {
    let words = |it: &Value| it.as_array().map(|it| it.iter().map(text).collect::<Vec<_>>());
    match (name, value.as_str()) {
        ("command", None) => words(value).map_or_else(|| value.clone(), |it| quoted(&it).into()),
        ("image_pull_policy", Some("IF_NOT_PRESENT")) => "IfNotPresent".into(),
        ("image_pull_policy", Some("ALWAYS")) => "Always".into(),
        ("image_pull_policy", Some("NEVER")) => "Never".into(),
        _ => value.clone(),
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of the block classes of Prefect 2.20.27 and prefect-azure: the fields of `schema()`, and the variables of
    /// `generate_work_pool_base_job_template()`.
    const BLOCKS: &str = include_str!("blocks.json");

    /// Fields that become something else than a variable of the same value.
    const OTHERWISE: [&str; 5] =
        ["customizations", "image_registry", "job", "registry_credentials", "type"];

    #[test]
    fn the_fields_of_each_block_are_those_of_prefect() {
        let blocks: Value = serde_json::from_str(BLOCKS).unwrap();
        let blocks = blocks.as_object().unwrap();
        assert_eq!(blocks.len(), 4);
        for (kind, real) in blocks {
            let real =
                |of: &str| -> Vec<String> { serde_json::from_value(real[of].clone()).unwrap() };
            let (fields, variables) = (real("fields"), real("variables"));
            for name in known(kind) {
                assert!(fields.iter().any(|it| it == name), "{kind} has no field {name}");
            }
            for name in self::variables(kind) {
                assert!(variables.iter().any(|it| it == name), "{kind} has no variable {name}");
            }
            let carried = |it: &&String| {
                known(kind).contains(&it.as_str()) || OTHERWISE.contains(&it.as_str())
            };
            assert_eq!(fields.iter().find(|it| !carried(it)), None, "of {kind}");
        }
    }
}
