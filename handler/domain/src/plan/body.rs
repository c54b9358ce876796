//! The bodies that a deployment is sent with.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::fields::declared_tags;
use super::{Call, Change, Policy, schedule};
use crate::desired::{Deployment, Field};
use crate::dialect::Dialect;
use crate::observed::LiveDeployment;

/// The body that `POST /deployments/` gets, without `flow_id` and with the addresses of blocks for their ids.
pub fn create_body(want: &Deployment, policy: &Policy) -> Map<String, Value> {
    let mut body = Map::new();
    body.insert("name".into(), want.name.clone().into());
    for (field, value) in want.fields.iter().chain(&want.registered) {
        if supported(*field, policy.dialect) {
            body.insert(api_name(*field, policy.dialect).into(), value.clone());
        }
    }
    let mut tags: BTreeSet<String> = declared_tags(want);
    tags.insert(policy.instance.marker(&policy.bundle));
    body.insert("tags".into(), json!(tags));
    body.insert("pull_steps".into(), want.pull.clone().into());
    let schedules = want.schedules.as_deref().unwrap_or_default();
    body.insert("schedules".into(), schedule::create(schedules, policy.dialect).into());
    body
}

fn api_name(field: Field, dialect: Dialect) -> &'static str {
    if field == Field::JobVariables { dialect.job_variables_field() } else { field.name() }
}

/// Whether the server knows `field`.
pub(super) fn supported(field: Field, dialect: Dialect) -> bool {
    match field {
        Field::ConcurrencyLimit => dialect.concurrency_limit(),
        Field::ConcurrencyOptions => dialect.concurrency_options(),
        _ => true,
    }
}

/// The request that makes `changes`.
pub(super) fn call(
    want: &Deployment,
    live: &LiveDeployment,
    changes: &[Change],
    sync: schedule::Sync,
    dialect: Dialect,
) -> Call {
    if !is_patch(changes, dialect) {
        let body = whole_record(live, changes, sync.send, dialect);
        return Call::ReplaceDeployment { id: live.id.clone(), body, replaces: sync.replaces };
    }
    let mut body = Map::new();
    for change in changes.iter().filter(|it| it.field != "schedules") {
        let name =
            Field::of_name(&change.field).map_or(change.field.as_str(), |it| api_name(it, dialect));
        body.insert(name.into(), change.want.clone());
    }
    // a queue alone would move the deployment to the default agent pool, a pool alone to its queue `default`
    if body.contains_key("work_queue_name") || body.contains_key("work_pool_name") {
        for field in [Field::WorkPool, Field::WorkQueue] {
            let value = want.registered.get(&field).or_else(|| want.fields.get(&field));
            let value = value.cloned().filter(|it| !it.is_null());
            let value = value.unwrap_or_else(|| live.value(field, dialect));
            body.entry(field.name()).or_insert(value);
        }
    }
    let missing = Some(sync.missing).filter(|it| !it.is_empty());
    let replaces = sync.replaces.filter(|_| sync.send.is_some()).or(missing);
    if let Some(schedules) = sync.send {
        body.insert("schedules".into(), schedules.into());
    }
    let id = live.id.clone();
    Call::UpdateDeployment { id, body, delete_schedules: sync.delete, replaces }
}

/// Whether the server takes all of `changes` by one `PATCH`.
fn is_patch(changes: &[Change], dialect: Dialect) -> bool {
    let any = |names: &[&str]| changes.iter().any(|it| names.contains(&it.field.as_str()));
    let code = any(&[Field::PullSteps.name(), Field::ParameterSchema.name()]);
    let both = any(&[Field::ConcurrencyLimit.name()]) && any(&["schedules"]);
    (dialect.patches_code() || !code) && (dialect.patches_limit_and_schedules() || !both)
}

/// The live record with the changes, for a server that takes some fields by `POST` only; `paused` and every `active` are
/// copied, since that `POST` replaces everything.
fn whole_record(
    live: &LiveDeployment,
    changes: &[Change],
    send: Option<Vec<Value>>,
    dialect: Dialect,
) -> Map<String, Value> {
    let mut body = Map::new();
    body.insert("name".into(), live.key.name.clone().into());
    body.insert("flow_id".into(), live.record.get("flow_id").cloned().unwrap_or_default());
    for field in Field::ALL.into_iter().filter(|it| supported(*it, dialect)) {
        let changed = changes.iter().find(|it| it.field == field.name()).map(|it| it.want.clone());
        let value = changed.unwrap_or_else(|| live.value(field, dialect));
        if !(value.is_null()
            && matches!(
                field,
                Field::Parameters | Field::JobVariables | Field::WorkPool | Field::WorkQueue
            ))
        {
            body.insert(api_name(field, dialect).into(), value);
        }
    }
    let kept = || {
        live.schedules
            .iter()
            .map(|it| json!({"schedule": it.timing, "active": it.active}))
            .collect()
    };
    body.insert("schedules".into(), send.unwrap_or_else(kept).into());
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_patch_of(fields: &[&str], version: &str) -> bool {
        let change =
            |it: &&str| Change { field: (*it).to_owned(), have: Value::Null, want: Value::Null };
        let changes: Vec<Change> = fields.iter().map(change).collect();
        is_patch(&changes, Dialect::new(version).unwrap())
    }

    #[test]
    fn what_a_server_cannot_patch_is_a_whole_record() {
        for version in ["2.20.27", "3.0.11", "3.1.15"] {
            assert!(!is_patch_of(&["pull_steps"], version), "{version}");
            assert!(is_patch_of(&["concurrency_limit", "tags"], version), "{version}");
            assert!(!is_patch_of(&["concurrency_limit", "schedules"], version), "{version}");
        }
        assert!(is_patch_of(&["concurrency_limit", "schedules", "pull_steps"], "3.2.0"));
    }
}
