//! The fields that a file states, and those that Prefect fills in.

use serde_json::{Map, Value as Json};

use super::arguments::Given;
use super::capture::via;
use super::captured::{Api, BlockUse};
use super::register::{CWD, Shared};
use super::target::is_file_path;
use super::{plain, storage};
use crate::evaluate::machine::{Machine, Stop};
use crate::evaluate::value::Value;

/// The plain fields that the file states, by their names in the create body.
pub(super) fn stated<'a>(
    machine: &mut Machine<'a>,
    given: &Given<'a>,
) -> Result<Map<String, Json>, Stop<'a>> {
    let mut out = Map::new();
    for (name, value) in given {
        if value.is_none() {
            // that of Prefect 2 is filled in only where it is not given at all
            if &**name == "work_queue_name" && via(given).starts_with("Deployment") {
                out.insert(name.to_string(), Json::Null);
            }
            continue;
        }
        let (name, json) = match &**name {
            "version" | "description" | "work_queue_name" | "work_pool_name" | "path" => {
                (&**name, plain::text(machine, name, value)?.map(Json::from))
            }
            "parameters" => ("parameters", plain::mapping(machine, name, value)?.map(Json::from)),
            "job_variables" | "infra_overrides" => {
                ("job_variables", plain::mapping(machine, name, value)?.map(Json::from))
            }
            "tags" => ("tags", plain::texts(machine, name, value)?),
            "paused" | "enforce_parameter_schema" => (&**name, plain::of(machine, name, value)?),
            "concurrency_limit" => {
                concurrency(machine, value, &mut out)?;
                continue;
            }
            "is_schedule_active" => {
                let active = plain::of(machine, name, value)?.and_then(|it| it.as_bool());
                (
                    "paused",
                    active.filter(|_| !given.contains_key("paused")).map(|it| Json::from(!it)),
                )
            }
            _ => continue,
        };
        if let Some(json) = json {
            out.insert(name.to_owned(), json);
        }
    }
    Ok(out)
}

/// A number, or `ConcurrencyLimitConfig(limit=…, collision_strategy=…)`.
fn concurrency<'a>(
    machine: &mut Machine<'a>,
    value: &Value<'a>,
    out: &mut Map<String, Json>,
) -> Result<(), Stop<'a>> {
    let Value::Object(it) = value else {
        if let Some(json) = plain::of(machine, "concurrency_limit", value)? {
            out.insert("concurrency_limit".into(), json);
        }
        return Ok(());
    };
    let fields = it.fields.borrow().clone();
    let mut options = Map::new();
    for (name, value) in fields.iter().filter(|(_, it)| !it.is_none()) {
        let Some(json) = plain::of(machine, "concurrency_limit", value)? else { continue };
        if &**name == "limit" {
            out.insert("concurrency_limit".into(), json);
        } else {
            options.insert(name.to_string(), json);
        }
    }
    options.entry("collision_strategy").or_insert_with(|| "ENQUEUE".into());
    out.insert("concurrency_options".into(), options.into());
    Ok(())
}

/// The pool and the image of `deploy(…)`.
pub(super) fn pool<'a>(
    machine: &mut Machine<'a>,
    shared: &Shared<'a>,
    fields: &mut Map<String, Json>,
) -> Result<(), Stop<'a>> {
    if let Some(value) = &shared.pool
        && let Some(text) = plain::text(machine, "work_pool_name", value)?
    {
        fields.insert("work_pool_name".into(), text.into());
    }
    let image = match &shared.image {
        Some(Value::Object(it)) => storage::reference(machine, it),
        Some(other) => match other.as_text() {
            Some(text) => storage::tagged(machine, text),
            None => other.clone(),
        },
        None => return Ok(()),
    };
    if let Some(image) = plain::text(machine, "image", &image)? {
        let variables = fields.entry("job_variables").or_insert_with(|| Json::Object(Map::new()));
        if let Some(it) = variables.as_object_mut() {
            it.insert("image".into(), image.into());
        }
    }
    Ok(())
}

/// The path that Prefect fills in. Source: `build_from_flow` and `RunnerDeployment`.
///
/// `code` is of a deployment whose code is pulled: whether it has a work pool, and the steps.
pub(super) fn default_path(
    machine: &Machine<'_>,
    api: Api,
    given: &Given<'_>,
    (storage, infrastructure): (Option<&BlockUse>, Option<&BlockUse>),
    code: Option<(bool, Option<&[Json]>)>,
) -> Option<(String, Json)> {
    let cwd = given.get(CWD).and_then(Value::as_text).map_or(machine.cwd.as_str(), |it| it);
    let path = match (api, via(given)) {
        (Api::Legacy, "Deployment") => return None,
        (Api::Legacy, _) if storage.is_some() => return None,
        (Api::Legacy, _) if infrastructure.is_some_and(is_docker) => "/opt/prefect/flows",
        (Api::Legacy, _) | (_, "RunnerDeployment.from_entrypoint") => cwd,
        (_, "RunnerDeployment") => return None,
        _ => {
            if let Some((is_pooled, pull)) = code {
                let steps = pull.filter(|_| !is_pooled)?;
                let destination = storage::destination(steps)?;
                return Some(("path".to_owned(), destination.into()));
            }
            if given.get("entrypoint_type").is_some_and(|it| !is_file_path(it)) {
                return None;
            }
            "."
        }
    };
    Some(("path".to_owned(), path.into()))
}

/// Whether the code lies in an image: of all infrastructure but a process.
fn is_docker(it: &BlockUse) -> bool {
    match it {
        BlockUse::Saved(it) => it.r#type != "process",
        BlockUse::Inline(kind, _) => kind != "process",
    }
}
