//! From recorded requests to deployments.

use std::collections::BTreeMap;

use anyhow::Context as _;
use serde_json::{Value, json};
use world::prefect::Server;
use world::proxy::exchanges::Exchange;

use super::alike::without_nulls;

/// The members of a create body, without those that are null.
pub(super) type Fields = BTreeMap<String, Value>;

/// A deployment that was registered.
#[derive(Debug)]
pub(super) struct Registered {
    /// `flow/name`
    pub(super) key: String,
    /// Its id on the server.
    pub(super) id: String,
    /// What was sent. In place of a block's id is `type/name`, or `{"type":…,"data":…}` when it has no name.
    pub(super) fields: Fields,
    /// The bodies of the automations that were made for it.
    pub(super) automations: Vec<Value>,
}

/// The deployments that `exchanges` register, in their order; `rooted` is applied to every text.
///
/// # Errors
/// When the server does not know what they name, or when they change a deployment again: that is refused here.
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
        match (method, path) {
            ("POST", "flows/") => {
                flows.insert(text(&it.answered, "id"), text(&sent, "name"));
            }
            ("POST", "deployments/") => {
                let flow = flows.get(&text(&sent, "flow_id")).context("no flow")?;
                let one = created(server, flow, &sent, &text(&it.answered, "id")).await?;
                anyhow::ensure!(!found.iter().any(|it| it.id == one.id), "{} comes twice", one.key);
                found.push(one);
            }
            ("POST", "automations/") => {
                let whose = found.iter_mut().rev().find(|of| sent.to_string().contains(&of.id));
                let whose = whose.context("somebody's automation")?;
                let body = sent.to_string().replace(&whose.id, "DEPLOYMENT");
                whose.automations.push(serde_json::from_str(&body)?);
            }
            // a run that the file starts is no part of what it declares
            ("POST", path) if path.ends_with("/create_flow_run") => {}
            (_, path) => anyhow::ensure!(!path.starts_with("deployments/"), "{}", it.request),
        }
    }
    Ok(found)
}

async fn created(
    server: &Server,
    flow: &str,
    body: &Value,
    id: &str,
) -> anyhow::Result<Registered> {
    let mut fields = Fields::new();
    for (name, value) in body.as_object().into_iter().flatten() {
        let value = match (name.as_str(), value.as_str()) {
            ("flow_id", _) => continue,
            (_, None) if value.is_null() => continue,
            ("storage_document_id" | "infrastructure_document_id", Some(id)) => {
                block(server, id).await?
            }
            ("schedules", _) => without_nulls(value),
            _ => value.clone(),
        };
        fields.insert(name.clone(), value);
    }
    let key = format!("{flow}/{}", text(body, "name"));
    Ok(Registered { key, id: id.to_owned(), fields, automations: Vec::new() })
}

async fn block(server: &Server, id: &str) -> anyhow::Result<Value> {
    let path = format!("/block_documents/{id}?include_secrets=true");
    let document = server.get(&path).await?;
    let kind = document.pointer("/block_type/slug").and_then(Value::as_str).context("no slug")?;
    if document.get("is_anonymous") != Some(&Value::Bool(true)) {
        return Ok(format!("{kind}/{}", text(&document, "name")).into());
    }
    let data = document.get("data").context("no data")?;
    Ok(json!({"type": kind, "data": without_nulls(data)}))
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}
