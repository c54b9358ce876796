//! The parameters of Prefect's own functions: which argument without a name is which.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::evaluate::call::Args;
use crate::evaluate::value::Value;

/// The arguments of a call by the name of their parameter.
pub(super) type Given<'a> = BTreeMap<Rc<str>, Value<'a>>;

/// Schedules and more that `to_deployment`, `serve` and `RunnerDeployment.from_…` take first.
const RUNNER: [&str; 4] = ["interval", "cron", "rrule", "paused"];

/// Source: the signatures of Prefect 2.20 and 3.9, in order as far as people leave names out.
#[expect(clippy::match_same_arms, reason = "in the order of the table")]
pub(super) fn places(function: &str) -> Vec<&'static str> {
    let after = |first: &[&'static str]| first.iter().copied().chain(RUNNER).collect();
    match function {
        "build_from_flow" => {
            vec![
                "flow",
                "name",
                "output",
                "skip_upload",
                "ignore_file",
                "apply",
                "load_existing",
                "schedules",
            ]
        }
        "deploy" => {
            vec![
                "name",
                "work_pool_name",
                "image",
                "build",
                "push",
                "work_queue_name",
                "job_variables",
            ]
        }
        "serve" | "to_deployment" => after(&["name"]),
        "from_flow" => after(&["flow", "name"]),
        "add_flow" => after(&["flow", "name"]),
        "from_entrypoint" => after(&["entrypoint", "name", "flow_name"]),
        "from_storage" => after(&["storage", "entrypoint", "name", "flow_name"]),
        "from_source" => vec!["source", "entrypoint"],
        "load" => vec!["name"],
        "save" => vec!["name", "overwrite"],
        "apply" => vec!["work_pool_name", "image"],
        "Cron" => vec!["cron", "timezone", "day_or", "active", "parameters", "slug"],
        "Interval" => {
            vec!["interval", "anchor_date", "timezone", "active", "parameters", "slug"]
        }
        "RRule" => vec!["rrule", "timezone", "active", "parameters", "slug"],
        "CronSchedule" => vec!["cron"],
        "IntervalSchedule" => vec!["interval"],
        "RRuleSchedule" => vec!["rrule"],
        "DockerImage" | "DeploymentImage" => vec!["name", "tag", "dockerfile"],
        "GitRepository" => vec!["url", "credentials", "name", "branch"],
        "RemoteStorage" => vec!["url", "pull_interval"],
        "BlockStorageAdapter" => vec!["block", "pull_interval"],
        "LocalStorage" => vec!["path", "pull_interval"],
        _ => Vec::new(),
    }
}

/// The arguments of `function`, by name. Under `*` is what is not known of the others.
pub(super) fn by_name<'a>(function: &str, args: Args<'a>) -> Given<'a> {
    let mut out: Given<'a> = BTreeMap::new();
    for (name, value) in places(function).into_iter().zip(args.positional) {
        out.insert(name.into(), value);
    }
    out.extend(args.named);
    if let Some(open) = args.open {
        out.insert("*".into(), open);
    }
    out
}
