//! The pull steps that are registered: declared, replaced or generated.

use serde_json::{Map, Value, json};

use super::{Code, Context, PullMode, steps};
use crate::diagnostic::{Diagnostic, rules};
use crate::yaml::{Kind, Mark, Node};

const BLOB: &str = "prefect_azure.deployments.steps.pull_from_azure_blob_storage";
const FOLDER: &str = "prefect.deployments.steps.set_working_directory";
const PIP: &str = "prefect.deployments.steps.pip_install_requirements";

/// What decides about the pull of one deployment.
pub(super) struct Case<'a> {
    /// The declared steps, templated; `None` when there is no `pull`.
    pub(super) declared: Option<&'a Node>,
    /// Whether a build step or `job_variables.image` puts the code into an image.
    pub(super) in_image: bool,
    /// The worker's folder inside the bundle, with a slash at the end; empty for its root.
    pub(super) folder: &'a str,
    /// Where the deployment is declared.
    pub(super) at: Mark,
}

/// The steps to register.
pub(super) fn steps(
    context: &Context<'_>,
    case: &Case<'_>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Value> {
    let Some(node) = case.declared else { return generated(context, case, found) };
    if !matches!(node.kind, Kind::Mapping(_) | Kind::Sequence(_)) {
        let message = format!("`pull` must be a list of steps, this is {}", node.type_name());
        found.push(context.error(rules::FIELD_TYPE, node.at, message));
    }
    let listed = list(node);
    match context.settings.pull {
        PullMode::Staged => generated(context, case, found),
        PullMode::Auto if replaced(&listed, case) => {
            let message = "this pull only names a folder, which workers do not have; the staged code is pulled instead";
            let hint = "remove the step, or keep it with SYNC_PULL=declared";
            found.push(context.warning(rules::PULL_REPLACED, node.at, message).hint(hint));
            generated(context, case, found)
        }
        PullMode::Auto | PullMode::Declared => {
            steps::machine_paths(context, node, case.in_image, found);
            listed
        }
    }
}

/// The declared steps as JSON: a mapping is a list of one.
pub(super) fn list(node: &Node) -> Vec<Value> {
    match &node.kind {
        Kind::Mapping(_) => vec![node.to_json()],
        _ => node.items().iter().map(Node::to_json).collect(),
    }
}

/// A lone `set_working_directory` and no image: 150 public files hold 110 such steps, often a path on their author's machine.
fn replaced(steps: &[Value], case: &Case<'_>) -> bool {
    let lone = |it: &Value| it.as_object().is_some_and(|it| it.keys().all(|it| it == FOLDER));
    !case.in_image && matches!(steps, [only] if lone(only))
}

fn generated(context: &Context<'_>, case: &Case<'_>, found: &mut Vec<Diagnostic>) -> Vec<Value> {
    let settings = context.settings;
    let step = match &settings.code {
        Code::Blob { container, folder, credentials, .. } => json!({BLOB: {
            "requires": settings.dialect.prefect_azure(),
            "container": container,
            "folder": format!("{folder}/{}", case.folder),
            "credentials": format!("{{{{ prefect.blocks.azure-blob-storage-credentials.{credentials} }}}}"),
        }}),
        Code::Folder(path) => {
            let whole = format!("{path}/{}", case.folder);
            json!({FOLDER: {"directory": whole.trim_end_matches('/')}})
        }
    };
    let mut steps = vec![step];
    let requirements = format!("{}requirements.txt", case.folder);
    if context.tree.contains(&requirements) {
        if settings.pip_install {
            steps.push(
                json!({PIP: {"requirements_file": "requirements.txt", "stream_output": false}}),
            );
        } else {
            let message = format!("`{requirements}` is not installed by the generated pull");
            let hint = "put the packages into the image, or set SYNC_PIP_INSTALL=true";
            let at = context.at(case.at);
            found.push(Diagnostic::info(rules::REQUIREMENTS_NOT_INSTALLED, at, message).hint(hint));
        }
    }
    steps
}

/// Whether `steps` get what lies at `code`, as generated ones do.
pub(crate) fn is_generated(steps: &[Value], code: &Code) -> bool {
    let (step, argument, root) = match code {
        Code::Blob { folder, .. } => (BLOB, "folder", folder),
        Code::Folder(path) => (FOLDER, "directory", path),
    };
    let first = steps.first().and_then(|it| it.get(step)?.get(argument)?.as_str());
    first
        .and_then(|it| it.strip_prefix(root.as_str()))
        .is_some_and(|it| it.is_empty() || it.starts_with('/'))
}

/// Whether `job_variables` name an image.
pub(super) fn names_image(job_variables: Option<&Map<String, Value>>) -> bool {
    job_variables
        .and_then(|it| it.get("image"))
        .and_then(Value::as_str)
        .is_some_and(|it| !it.is_empty())
}
