//! From recorded requests to deployments.

use std::collections::BTreeMap;

use anyhow::Context as _;
use serde_json::{Map, Value, json};
use world::prefect::Server;
use world::proxy::Exchange;

/// A deployment that was registered.
#[derive(Debug)]
pub(super) struct Registered {
    /// `flow/name`
    pub(super) key: String,
    /// Its id on the server.
    pub(super) id: String,
    /// The create body's members, what came with later requests laid over them; no nulls. A block's id is `type/name`, or
    /// `{"type":…,"data":…}` when it has no name.
    pub(super) fields: BTreeMap<String, Value>,
    /// The bodies of the automations that were made for it.
    pub(super) automations: Vec<Value>,
}

/// The deployments that `exchanges` register, in the order of their first request; `rooted` is applied to every text.
///
/// # Errors
/// When the server does not know what they name.
pub(super) async fn registered(
    server: &Server,
    exchanges: &[Exchange],
    rooted: impl Fn(&str) -> String,
) -> anyhow::Result<Vec<Registered>> {
    let mut found: Vec<Registered> = Vec::new();
    let mut flows: BTreeMap<String, String> = BTreeMap::new();
    for it in exchanges {
        let sent: Value = serde_json::from_str(&rooted(&it.sent.to_string()))?;
        let (method, path) = it.request.split_once(" /api/").context("no path")?;
        match (method, path.split('/').collect::<Vec<_>>().as_slice()) {
            ("POST", ["flows", ""]) => {
                drop(flows.insert(text(&it.answered, "id"), text(&sent, "name")));
            }
            ("POST", ["deployments", ""]) => {
                let flow = flows.get(&text(&sent, "flow_id")).context("no flow")?;
                let key = format!("{flow}/{}", text(&sent, "name"));
                let id = text(&it.answered, "id");
                let fields = members(server, &sent).await?;
                found.retain(|it| it.id != id);
                found.push(Registered { key, id, fields, automations: Vec::new() });
            }
            ("PATCH", ["deployments", id]) => {
                let fields = members(server, &sent).await?;
                let of = found.iter_mut().find(|it| it.id == *id);
                of.context("an update of another's deployment")?.fields.extend(fields);
            }
            ("POST", ["deployments", id, "schedules"]) => {
                let of = found.iter_mut().find(|it| it.id == *id);
                let of = of.context("a schedule of another's deployment")?;
                let list = of.fields.entry("schedules".to_owned()).or_insert_with(|| json!([]));
                let more = without_nulls(&sent);
                list.as_array_mut().into_iter().for_each(|list| {
                    list.extend(more.as_array().cloned().unwrap_or_default());
                });
            }
            ("POST", ["automations", ""]) => {
                let whose = found.iter_mut().rev().find(|of| sent.to_string().contains(&of.id));
                whose.context("somebody's automation")?.automations.push(without_nulls(&sent));
            }
            _ => {}
        }
    }
    Ok(found)
}

async fn members(server: &Server, body: &Value) -> anyhow::Result<BTreeMap<String, Value>> {
    let mut out = BTreeMap::new();
    for (name, value) in body.as_object().into_iter().flatten() {
        let value = match (name.as_str(), value.as_str()) {
            ("flow_id", _) => continue,
            ("storage_document_id" | "infrastructure_document_id", Some(id)) => {
                block(server, id).await?
            }
            _ => plain(name, value),
        };
        if !value.is_null() {
            out.insert(name.clone(), value);
        }
    }
    Ok(out)
}

async fn block(server: &Server, id: &str) -> anyhow::Result<Value> {
    let path = format!("/block_documents/{id}?include_secrets=true");
    let document = server.get(&path).await?;
    let kind = document.pointer("/block_type/slug").and_then(Value::as_str).context("no slug")?;
    if document.get("is_anonymous") == Some(&Value::Bool(true)) {
        return Ok(
            json!({"type": kind, "data": without_nulls(document.get("data").context("no data")?)}),
        );
    }
    Ok(format!("{kind}/{}", text(&document, "name")).into())
}

/// The member `name` of a create body. A null in a schedule is what Prefect sends when nothing was said; in parameters it is a
/// value.
pub(super) fn plain(name: &str, value: &Value) -> Value {
    if name == "schedule" || name == "schedules" { without_nulls(value) } else { value.clone() }
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(map) => map
            .iter()
            .filter(|(_, it)| !it.is_null())
            .map(|(key, it)| {
                let kept = if key == "parameters" { it.clone() } else { without_nulls(it) };
                (key.clone(), kept)
            })
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}
