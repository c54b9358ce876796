//! What `@flow` and `@task` take. Source: their signatures in Prefect 2.20.27 and 3.9.1.

/// The keywords of `@flow`, the same in both.
const FLOW: [&str; 19] = [
    "cache_result_in_memory",
    "description",
    "flow_run_name",
    "log_prints",
    "name",
    "on_cancellation",
    "on_completion",
    "on_crashed",
    "on_failure",
    "on_running",
    "persist_result",
    "result_serializer",
    "result_storage",
    "retries",
    "retry_delay_seconds",
    "task_runner",
    "timeout_seconds",
    "validate_parameters",
    "version",
];

/// The keywords of `@task` in either.
const TASK: [&str; 27] = [
    "asset_deps",
    "cache_expiration",
    "cache_key_fn",
    "cache_policy",
    "cache_result_in_memory",
    "description",
    "log_prints",
    "name",
    "on_commit",
    "on_completion",
    "on_failure",
    "on_rollback",
    "on_running",
    "persist_result",
    "refresh_cache",
    "result_serializer",
    "result_storage",
    "result_storage_key",
    "retries",
    "retry_condition_fn",
    "retry_delay_seconds",
    "retry_jitter_factor",
    "tags",
    "task_run_name",
    "timeout_seconds",
    "version",
    "viz_return_value",
];

/// The keywords of the decorator `name`; `None` for others.
pub(crate) fn taken(name: &str) -> Option<&'static [&'static str]> {
    match name {
        "flow" => Some(&FLOW),
        "task" => Some(&TASK),
        _ => None,
    }
}
