//! Blocks: saved ones by name, inline ones with their fields.

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::{Map, json};

use super::arguments::by_name;
use super::captured::BlockUse;
use super::{class_name, plain};
use crate::desired::BlockRef;
use crate::diagnostic::rules;
use crate::evaluate::call::Args;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::{Object, Value};
use crate::evaluate::{files, json, path};

/// The field that holds the name of a saved block.
pub(super) const SAVED: &str = ".saved";

/// The field that holds the type of a block that `Block.load("type/name")` gives.
const TYPE: &str = ".type";

/// Slugs that do not follow from the name of the class. Source: `_block_type_name` and `_block_type_slug` of the classes.
const SLUGS: [(&str, &str); 16] = [
    ("AwsSecret", "aws-secret"),
    ("BitBucketCredentials", "bitbucket-credentials"),
    ("BitBucketRepository", "bitbucket-repository"),
    ("ECSTask", "ecs-task"),
    ("GCS", "gcs"),
    ("GitHub", "github"),
    ("GitHubCredentials", "github-credentials"),
    ("GitHubRepository", "github-repository"),
    ("GitLabCredentials", "gitlab-credentials"),
    ("GitLabRepository", "gitlab-repository"),
    ("JSON", "json"),
    ("MinIOCredentials", "minio-credentials"),
    ("S3Bucket", "s3-bucket"),
    ("SMB", "smb"),
    ("VertexAICustomTrainingJob", "vertex-ai-custom-training-job"),
    ("dbtCoreOperation", "dbt-core-operation"),
];

/// The slug of the block type of a class: words in small letters, joined by dashes.
pub(super) fn slug(class: &str) -> String {
    if let Some((_, slug)) = SLUGS.iter().find(|(name, _)| *name == class) {
        return (*slug).to_owned();
    }
    let chars: Vec<char> = class.chars().collect();
    let mut out = String::new();
    for (at, it) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        let after = chars.get(at + 1);
        let starts = it.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_numeric() && after.is_some_and(|it| it.is_lowercase())
                    || before.is_uppercase() && after.is_some_and(|it| it.is_lowercase())
            });
        if starts {
            out.push('-');
        }
        out.extend(it.to_lowercase());
    }
    out
}

/// Whether `load` of that name is of a block class.
pub(super) fn is_class(owner: &str) -> bool {
    owner.starts_with(char::is_uppercase)
}

/// `KubernetesJob.load("name")`, `Block.load("kubernetes-job/name")`
pub(super) fn load<'a>(machine: &mut Machine<'a>, class: &str, args: Args<'a>) -> Value<'a> {
    let given = by_name("load", args);
    let Some(name) = given.get("name").cloned() else {
        return machine.unknown("a block without a name");
    };
    let Some(text) = name.as_text().cloned() else {
        return match name.as_unknown() {
            Some(_) => name,
            None => machine.unknown("a block"),
        };
    };
    let (kind, text) = match text.split_once('/') {
        Some((kind, name)) => (kind.to_owned(), name.to_owned()),
        None => (slug(class), text.to_string()),
    };
    let fields = [(SAVED, text), (TYPE, kind)];
    Value::Object(Rc::new(Object {
        class: format!("prefect.{class}").into(),
        positional: Vec::new(),
        fields: RefCell::new(
            fields.into_iter().map(|(name, it)| (name.into(), Value::text(it))).collect(),
        ),
        at: machine.at,
    }))
}

/// `KubernetesJob.job_from_file("job.yaml")`
pub(super) fn manifest<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let Some(path) = args.get("filename", 0).and_then(path::text_of) else {
        return Ok(machine.unknown("a manifest"));
    };
    let text = files::text(machine, &path)?;
    json::yaml(machine, &text)
}

/// `KubernetesJob.base_job_manifest()`. Source: that method of 2.20.
pub(super) fn bare_manifest<'a>() -> Value<'a> {
    let container = json!({"name": "prefect-job", "env": []});
    let pod = json!({
        "parallelism": 1, "completions": 1, "restartPolicy": "Never", "containers": [container],
    });
    json::of(&json!({
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"labels": {}},
        "spec": {"template": {"spec": pod}},
    }))
}

/// `block.save("name")`: it is not saved here, and has that name from now on.
pub(super) fn saved<'a>(
    machine: &mut Machine<'a>,
    it: &Rc<Object<'a>>,
    args: Args<'a>,
) -> Value<'a> {
    let given = by_name("save", args);
    if let Some(name) = given.get("name").and_then(Value::as_text) {
        let mut fields = it.fields.borrow_mut();
        fields.insert(SAVED.into(), Value::Text(Rc::clone(name)));
        fields.insert(TYPE.into(), Value::text(slug(class_name(it))));
        drop(fields);
        let message = format!("the block `{}/{name}` is not saved here", slug(class_name(it)));
        let hint = "create it once; secrets of it belong into the key vault";
        machine.warning("block-not-saved", machine.at, message, hint);
    }
    Value::text("")
}

/// The type and name of a saved block.
pub(super) fn reference(it: &Object<'_>) -> Option<BlockRef> {
    let fields = it.fields.borrow();
    let text = |name: &str| fields.get(name).and_then(Value::as_text).map(ToString::to_string);
    Some(BlockRef { r#type: text(TYPE)?, name: text(SAVED)? })
}

/// `prefect.blocks.secret.token`, in double braces.
pub(super) fn placeholder(it: &Object<'_>) -> Option<String> {
    let block = reference(it)?;
    Some(format!("{{{{ prefect.blocks.{}.{} }}}}", block.r#type, block.name))
}

/// The block of the field `field`: saved, or inline with what is given.
pub(super) fn used<'a>(
    machine: &mut Machine<'a>,
    field: &str,
    value: &Value<'a>,
) -> Result<Option<BlockUse>, Stop<'a>> {
    let it = match value {
        Value::None => return Ok(None),
        Value::Object(it) => it,
        other => {
            if let Some(it) = other.as_unknown() {
                plain::not_known(machine, field, it);
            } else {
                let message = format!(
                    "`{field}` of a deployment must be a block, this is of the type {}",
                    other.type_name()
                );
                machine.error(rules::FIELD_TYPE, machine.at, message, "");
            }
            return Ok(None);
        }
    };
    if let Some(block) = reference(it) {
        return Ok(Some(BlockUse::Saved(block)));
    }
    let fields = it.fields.borrow().clone();
    let mut data = Map::new();
    for (name, value) in fields {
        if let Some(json) = plain::of(machine, &format!("{field}.{name}"), &value)? {
            data.insert(name.to_string(), json);
        }
    }
    Ok(Some(BlockUse::Inline(slug(class_name(it)), data)))
}

/// What to do about a value that a method of a block would give.
pub(super) fn hint(class: &str, method: &str) -> &'static str {
    match (class, method) {
        ("Secret", "get") => {
            "secrets are read where the flow runs: load the block in the flow, or name it in the pull step"
        }
        ("Variable" | "String" | "JSON", _) => "read it in the flow, or supply it by --env",
        _ => "",
    }
}
