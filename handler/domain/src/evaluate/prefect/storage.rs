//! Where a flow's code is pulled from: `from_source` and the storages it takes; images.

use std::rc::Rc;

use serde_json::{Map, Value as Json, json};

use super::{block, class_name, deployment, plain};
use crate::diagnostic::rules;
use crate::evaluate::machine::{Machine, Stop};
use crate::evaluate::path;
use crate::evaluate::value::{Object, Value};

const STEPS: &str = "prefect.deployments.steps";

/// The folder of the bundle that `source` is; `None` when it is no local path.
pub(super) fn folder(machine: &Machine<'_>, source: &Value<'_>) -> Option<String> {
    let text = match source {
        Value::Object(it) if class_name(it) == "LocalStorage" => {
            it.fields.borrow().get("path").and_then(path::text_of)?
        }
        other => path::text_of(other)?,
    };
    let is_local = !text.contains("://") && !text.ends_with(".git");
    is_local.then(|| path::absolute(machine, &text))
}

/// What a source is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Source {
    /// A folder of the bundle, from its root, with a slash at the end; and how Prefect's own tool would go there.
    Bundle(String, Vec<Json>),
    /// Pulled by these steps.
    Steps(Vec<Json>),
}

/// The pull of a source; `None` with an error when it is not known.
pub(super) fn pull<'a>(
    machine: &mut Machine<'a>,
    source: &Value<'a>,
) -> Result<Option<Source>, Stop<'a>> {
    if let Some(folder) = folder(machine, source) {
        let steps = vec![json!({format!("{STEPS}.set_working_directory"): {"directory": folder}})];
        return Ok(Some(match deployment::inside(machine, &folder) {
            Some(inside) => Source::Bundle(inside, steps),
            None => Source::Steps(steps),
        }));
    }
    let steps = match source {
        Value::Object(it) => of_object(machine, it)?,
        other => match other.as_text() {
            Some(url) if url.starts_with("git") || url.ends_with(".git") => {
                Some(json!({format!("{STEPS}.git_clone"): {"repository": &**url, "branch": null}}))
            }
            Some(url) => Some(remote(url, Map::new())),
            None => {
                if let Some(it) = other.as_unknown() {
                    plain::not_known(machine, "source", it);
                }
                None
            }
        },
    };
    Ok(steps.map(|it| Source::Steps(vec![it])))
}

fn of_object<'a>(machine: &mut Machine<'a>, it: &Rc<Object<'a>>) -> Result<Option<Json>, Stop<'a>> {
    let class = class_name(it).to_owned();
    if let Some(block) = block::reference(it) {
        return Ok(Some(json!({format!("{STEPS}.pull_with_block"): {
            "block_type_slug": block.r#type, "block_document_name": block.name,
        }})));
    }
    let fields = it.fields.borrow().clone();
    let mut data = Map::new();
    for (name, value) in fields {
        if let Some(json) = plain::of(machine, &format!("{class}.{name}"), &value)? {
            data.insert(name.to_string(), json);
        }
    }
    Ok(match class.as_str() {
        "GitRepository" => Some(git(machine, data)),
        "RemoteStorage" => {
            let url = data
                .remove("url")
                .and_then(|it| it.as_str().map(str::to_owned))
                .unwrap_or_default();
            data.remove("pull_interval");
            Some(remote(&url, data))
        }
        _ => {
            let message = format!("flows cannot be pulled from a {class} here");
            machine.error(
                rules::UNKNOWN_VALUE,
                machine.at,
                message,
                "name a git repository, a folder of the bundle or a saved block",
            );
            None
        }
    })
}

/// The folder that a repository is cloned into, unless it is named.
fn clone_directory(url: &Json, branch: Option<&Json>) -> String {
    let last = url.as_str().and_then(|it| it.rsplit('/').next()).unwrap_or_default();
    let last = last.replace(".git", "");
    match branch.and_then(Json::as_str) {
        Some(branch) => format!("{last}-{}", branch.replace('/', "-")),
        None => last,
    }
}

/// Source: `GitRepository.to_pull_step` of Prefect 3.9.
fn git(machine: &mut Machine<'_>, data: Map<String, Json>) -> Json {
    let get = |name: &str| data.get(name).filter(|it| !it.is_null()).cloned();
    let url = get("url").unwrap_or(Json::Null);
    let branch = get("branch");
    let mut step = Map::new();
    step.insert("repository".into(), url.clone());
    step.insert("branch".into(), branch.clone().unwrap_or(Json::Null));
    if machine.settings.dialect.is_three() {
        let usual = clone_directory(&url, branch.as_ref());
        if let Some(name) = get("name").filter(|it| it != &Json::from(usual)) {
            step.insert("clone_directory_name".into(), name);
        }
        for name in ["directories", "commit_sha"] {
            if let Some(value) = get(name) {
                step.insert(name.into(), value);
            }
        }
    }
    if get("include_submodules") == Some(Json::Bool(true)) {
        step.insert("include_submodules".into(), true.into());
    }
    if let Some(credentials) = get("credentials") {
        let token = credentials.get("access_token").and_then(Json::as_str);
        if token.is_some_and(|it| !it.starts_with("{{")) {
            let message = "an access token must not stand in a deployment";
            machine.error(
                rules::SECRET_IN_PULL,
                machine.at,
                message.to_owned(),
                "save it as a Secret block, and use Secret.load(…)",
            );
        } else {
            step.insert("credentials".into(), credentials);
        }
    }
    json!({format!("{STEPS}.git_clone"): step})
}

fn remote(url: &str, settings: Map<String, Json>) -> Json {
    let requires = match url.split("://").next().unwrap_or_default() {
        "s3" | "s3a" => Some("s3fs"),
        "gs" | "gcs" => Some("gcsfs"),
        "az" | "abfs" | "abfss" | "adl" => Some("adlfs"),
        _ => None,
    };
    let mut step = Map::from_iter([("url".to_owned(), Json::from(url))]);
    step.extend(settings);
    if let Some(requires) = requires {
        step.insert("requires".into(), requires.into());
    }
    json!({format!("{STEPS}.pull_from_remote_storage"): step})
}

/// `image.reference`: a name without a tag gets the time.
pub(super) fn reference<'a>(machine: &mut Machine<'a>, it: &Object<'a>) -> Value<'a> {
    let fields = it.fields.borrow();
    let text = |name: &str| fields.get(name).filter(|it| !it.is_none());
    let Some(name) = text("name") else { return machine.unknown("an image without a name") };
    let Some(image) = name.as_text() else { return name.clone() };
    match text("tag") {
        None => tagged(machine, image),
        Some(tag) => match tag.as_text() {
            Some(tag) => Value::text(format!("{image}:{tag}")),
            None => tag.clone(),
        },
    }
}

/// Source: `parse_image_tag`, and `slugify` of the time.
pub(super) fn tagged<'a>(machine: &Machine<'a>, image: &str) -> Value<'a> {
    let last = image.rsplit('/').next().unwrap_or(image);
    if last.contains([':', '@']) {
        return Value::text(image);
    }
    let Some(now) = machine.settings.now else {
        return machine.unknown_with(
            "the time, which is the tag of an image without one",
            "give the image a tag",
        );
    };
    let micros = now.as_microsecond() % 1_000_000;
    let fraction = if micros == 0 { String::new() } else { format!("-{micros:06}") };
    let at = now.strftime("%Y-%m-%dt%H-%M-%S");
    Value::text(format!("{image}:{at}{fraction}-00-00"))
}

/// Where the process that serves a flow has its code. Source: `RunnerDeployment.from_storage`.
pub(super) fn destination(steps: &[Json]) -> Option<String> {
    let (step, inputs) = steps.first()?.as_object()?.iter().next()?;
    let text = |name: &str| inputs.get(name).and_then(Json::as_str);
    if step.ends_with("set_working_directory") {
        return text("directory").map(str::to_owned);
    }
    let last = text("repository")?.rsplit('/').next()?.replace(".git", "");
    let branch = text("branch").map(|it| format!("-{}", it.replace('/', "-"))).unwrap_or_default();
    let name =
        text("clone_directory_name").map_or_else(|| format!("{last}{branch}"), str::to_owned);
    Some(format!("$STORAGE_BASE_PATH/{name}"))
}
