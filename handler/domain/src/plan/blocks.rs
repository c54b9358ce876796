//! The blocks that deployments rest on: they exist, or are made, or the plan is refused.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Action, Call, Policy, Step};
use crate::desired::{BlockRef, Deployment, Desired, Field, Inline};
use crate::diagnostic::did_you_mean;
use crate::json::same;
use crate::observed::{Document, Key, Observed};

const KIND: &str = "block";
/// Fields that hold the id of a block.
const HOLDERS: [Field; 2] = [Field::Storage, Field::Infrastructure];
/// What the server answers for a secret.
const MASK: &str = "********";

/// A refusal for each block that is missing, then the blocks that are made.
pub(super) fn steps(
    selected: &[&Deployment],
    desired: &Desired,
    observed: &Observed,
    policy: &Policy,
) -> Vec<Step> {
    let mut steps = missing(selected, desired, observed, policy);
    steps.extend(storage(selected, observed, policy));
    steps.extend(selected.iter().flat_map(|it| inline(it, observed)));
    steps
}

fn missing(
    selected: &[&Deployment],
    desired: &Desired,
    observed: &Observed,
    policy: &Policy,
) -> Vec<Step> {
    let mut users: BTreeMap<&BlockRef, Vec<String>> = BTreeMap::new();
    for it in selected {
        let key = format!("{}/{}", it.flow, it.name);
        // Prefect 3 has no such blocks: what they say is carried over when it is read
        let loads = it.loads.iter().filter(|_| !policy.dialect.is_three());
        for block in desired.blocks.get(&key).into_iter().flatten().chain(loads) {
            let users = users.entry(block).or_default();
            if !users.contains(&key) {
                users.push(key.clone());
            }
        }
    }
    let gone = |it: &BlockRef| !observed.blocks.contains_key(it) && !is_ours(it, policy);
    users.retain(|it, _| gone(it));
    users.into_iter().map(|(block, users)| refused(block, &users, observed)).collect()
}

/// Those that we make.
fn is_ours(block: &BlockRef, policy: &Policy) -> bool {
    let named = |name: Option<&str>| name == Some(block.name.as_str());
    match block.r#type.as_str() {
        "azure-blob-storage-credentials" => named(policy.credentials.as_deref()),
        "azure" => named(policy.storage.as_ref().map(|it| it.name.as_str())),
        _ => false,
    }
}

fn refused(block: &BlockRef, users: &[String], observed: &Observed) -> Step {
    let (r#type, users) = (&block.r#type, users.join(", "));
    let known = observed.blocks.keys().filter(|it| it.r#type == *r#type);
    let known: Vec<&str> = known.map(|it| it.name.as_str()).collect();
    let near = did_you_mean(&block.name, known.iter().copied());
    let list = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Step::new(Action::Refuse, KIND, block.address()).because(format!(
        "block `{}` does not exist (named by {users}); of type `{type}` there are: {list}{near}; create it first",
        block.address()
    ))
}

fn storage(selected: &[&Deployment], observed: &Observed, policy: &Policy) -> Option<Step> {
    let ours = policy.storage.as_ref()?;
    let block = BlockRef { r#type: "azure".to_owned(), name: ours.name.clone() };
    let address = Value::from(block.address());
    let used = selected.iter().any(|it| it.registered.get(&Field::Storage) == Some(&address));
    (used && !observed.blocks.contains_key(&block)).then(|| {
        let step = Step::new(Action::Create, KIND, block.address());
        Step { call: Call::CreateStorage { container: ours.container.clone() }, ..step }
    })
}

/// The blocks without a name that `want` needs and that its live deployment does not have.
fn inline(want: &Deployment, observed: &Observed) -> Vec<Step> {
    let key = Key { flow: want.flow.clone(), name: want.name.clone() };
    let live = observed.deployments.get(&key);
    let needed = |it: &&Inline| {
        let field = HOLDERS.into_iter().find(|field| holds(want, *field, it));
        let have = |field: Field| live.and_then(|it| it.record.get(field.name()));
        field.is_some_and(|field| match have(field).filter(|it| !it.is_null()) {
            Some(have) => {
                let wanted = registered(want, field, have, observed);
                want.declared.contains(&field) && wanted.as_ref() != Some(have)
            }
            None => true,
        })
    };
    let step = |it: &Inline| {
        let data = references(&it.data, observed);
        let call = Call::CreateInline { r#type: it.r#type.clone(), data };
        let step = Step::new(Action::Create, KIND, it.address.clone());
        Step { call, ..step.because("it is written in the deployment itself") }
    };
    want.inline.iter().filter(needed).map(step).collect()
}

fn holds(want: &Deployment, field: Field, inline: &Inline) -> bool {
    want.registered.get(&field).and_then(Value::as_str) == Some(&inline.address)
}

/// What `field` of `want` is registered with where the server has `have`: the ids of blocks that exist, the addresses of others.
pub(super) fn registered(
    want: &Deployment,
    field: Field,
    have: &Value,
    observed: &Observed,
) -> Option<Value> {
    let value = want.registered.get(&field)?;
    if !HOLDERS.contains(&field) {
        return Some(value.clone());
    }
    let own = want.inline.iter().find(|it| holds(want, field, it));
    let live = have.as_str().and_then(|it| observed.documents.get(it));
    Some(match (own, live) {
        (Some(own), Some(live)) if is_same(own, live) => have.clone(),
        _ => identified(value, observed),
    })
}

fn is_same(want: &Inline, live: &Document) -> bool {
    want.r#type == live.r#type
        && same(&live.data.clone().into(), &shadowed(&want.data, Some(&live.data)).into())
}

/// `want` with the mask in the place of each text that `live` answers masked: a secret cannot be compared.
fn shadowed(want: &Map<String, Value>, live: Option<&Map<String, Value>>) -> Map<String, Value> {
    let one = |(name, it): (&String, &Value)| {
        let live = live.and_then(|it| it.get(name));
        let value = match it {
            Value::String(_) if live.is_some_and(|it| it == MASK) => MASK.into(),
            // the answer has the fields of a block that is referred to
            Value::String(text) if live.is_some_and(Value::is_object) && named(text).is_some() => {
                live.cloned().unwrap_or_default()
            }
            Value::Object(inner) => shadowed(inner, live.and_then(Value::as_object)).into(),
            other => other.clone(),
        };
        (name.clone(), value)
    };
    want.iter().map(one).collect()
}

/// `data` as the server takes it: other blocks by their ids.
fn references(data: &Map<String, Value>, observed: &Observed) -> Map<String, Value> {
    let one = |(name, it): (&String, &Value)| {
        let id = it.as_str().and_then(named).and_then(|it| observed.blocks.get(&it));
        let reference = id.map(|id| json!({"$ref": {"block_document_id": id}}));
        (name.clone(), reference.unwrap_or_else(|| it.clone()))
    };
    data.iter().map(one).collect()
}

/// The block of `{{ prefect.blocks.TYPE.NAME }}` alone.
fn named(text: &str) -> Option<BlockRef> {
    let inner = text.trim().strip_prefix("{{")?.strip_suffix("}}")?.trim();
    let (r#type, name) = inner.strip_prefix("prefect.blocks.")?.split_once('.')?;
    Some(BlockRef { r#type: r#type.to_owned(), name: name.to_owned() })
}

fn identified(value: &Value, observed: &Observed) -> Value {
    let known = value.as_str().and_then(|it| it.split_once('/')).and_then(|(r#type, name)| {
        observed.blocks.get(&BlockRef { r#type: r#type.to_owned(), name: name.to_owned() })
    });
    known.map_or_else(|| value.clone(), |it| it.clone().into())
}

/// `body` with the ids of the blocks that exist.
pub(super) fn with_ids(mut body: Map<String, Value>, observed: &Observed) -> Map<String, Value> {
    for field in HOLDERS {
        if let Some(value) = body.get_mut(field.name()) {
            *value = identified(value, observed);
        }
    }
    body
}

/// `body` with the ids of the blocks that were `made`, by their addresses.
pub fn placed(body: &Map<String, Value>, made: &BTreeMap<&str, String>) -> Map<String, Value> {
    let mut body = body.clone();
    for field in HOLDERS {
        if let Some(value) = body.get_mut(field.name())
            && let Some(id) = value.as_str().and_then(|it| made.get(it))
        {
            *value = id.clone().into();
        }
    }
    body
}

#[cfg(test)]
mod tests;
