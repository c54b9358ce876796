//! On a server of Prefect 2: block documents, which agents read.

use serde_json::{Map, Value, json};

use super::{Case, Origin, Placed, overrides};
use crate::declare::fields::Fields;
use crate::declare::{Code, Context};
use crate::desired::{Field, Inline};
use crate::evaluate::BlockUse;

pub(super) fn place(
    context: &Context<'_>,
    case: &Case<'_>,
    (origin, fields): (Origin, &mut Fields),
) -> Placed {
    let mut out = Placed { pull: Some(Vec::new()), ..Placed::default() };
    match (origin, case.storage) {
        (Origin::Folder, _) => staged(context, case, fields, &mut out),
        (_, Some(storage)) => held(case, Field::Storage, storage, &mut out),
        (_, None) => {}
    }
    match case.infrastructure {
        Some(it) => {
            held(case, Field::Infrastructure, it, &mut out);
            fields.declared.insert(Field::Infrastructure);
        }
        // agents apply overrides to a block only. Source: `get_infrastructure` of prefect/agent.py, 2.20
        None if !overrides(fields).is_empty() => {
            let process = BlockUse::Inline("process".to_owned(), Map::new());
            held(case, Field::Infrastructure, &process, &mut out);
        }
        None => {}
    }
    if out.registered.contains_key(&Field::Storage) {
        fields.declared.insert(Field::Storage);
    }
    out
}

/// The staged copy of the folder; without a store, the folder itself.
fn staged(context: &Context<'_>, case: &Case<'_>, fields: &mut Fields, out: &mut Placed) {
    let (storage, root) = match &context.settings.code {
        Code::Blob { folder, storage, .. } => (format!("azure/{storage}").into(), folder),
        Code::Folder(path) => (Value::Null, path),
    };
    let path = format!("{root}/{}", case.folder);
    out.registered.insert(Field::Storage, storage);
    out.registered.insert(Field::Path, path.trim_end_matches('/').into());
    fields.declared.insert(Field::Path);
}

fn held(case: &Case<'_>, field: Field, block: &BlockUse, out: &mut Placed) {
    let address = match block {
        BlockUse::Saved(it) => it.address(),
        BlockUse::Inline(kind, data) => {
            let address = format!("{kind} of {}", case.key);
            let data = match field {
                Field::Infrastructure => complete(kind, data),
                _ => data.clone(),
            };
            out.inline.push(Inline { address: address.clone(), r#type: kind.clone(), data });
            address
        }
    };
    out.registered.insert(field, address.into());
}

/// What Prefect's own client writes for every infrastructure: overrides such as `env.A` fail where there is no `env`.
/// Source: `Infrastructure` of prefect/infrastructure/base.py, 2.20.
fn complete(kind: &str, data: &Map<String, Value>) -> Map<String, Value> {
    let common = [
        ("env", json!({})),
        ("labels", json!({})),
        ("name", Value::Null),
        ("command", Value::Null),
    ];
    let own = match kind {
        "process" => vec![
            ("type", kind.into()),
            ("stream_output", json!(true)),
            ("working_dir", Value::Null),
        ],
        "kubernetes-job" | "docker-container" => vec![("type", kind.into())],
        _ => Vec::new(),
    };
    let mut out: Map<String, Value> =
        common.into_iter().chain(own).map(|(name, it)| (name.to_owned(), it)).collect();
    out.extend(data.clone());
    if let Some(policy) = out.get_mut("image_pull_policy") {
        *policy = pull_policy(kind, policy);
    }
    out
}

/// The value of a member of `KubernetesImagePullPolicy` or `ImagePullPolicy`, of which the file names the member.
fn pull_policy(kind: &str, value: &Value) -> Value {
    let of_member = |it: &str| match it {
        "IF_NOT_PRESENT" => "IfNotPresent".to_owned(),
        "ALWAYS" => "Always".to_owned(),
        "NEVER" => "Never".to_owned(),
        other => other.to_owned(),
    };
    match value.as_str().filter(|_| kind == "kubernetes-job") {
        Some(it) => of_member(it).into(),
        None => value.clone(),
    }
}
