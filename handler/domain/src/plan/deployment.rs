//! One deployment: create, update, keep or refuse.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::compare::same;
use super::{Action, Call, Change, Policy, Step, schedule};
use crate::desired::{Deployment, Desired, Field};
use crate::dialect::Dialect;
use crate::observed::{Key, LiveDeployment, Observed};
use crate::report::Owned;

const KIND: &str = "deployment";

/// Whether the request names `deployment`, or none.
pub(super) fn selected(deployment: &Deployment, policy: &Policy) -> bool {
    let full = format!("{}/{}", deployment.flow, deployment.name);
    policy.only.is_empty() || policy.only.iter().any(|it| *it == full || *it == deployment.name)
}

/// The step for one declared deployment.
pub(super) fn step(want: &Deployment, observed: &Observed, policy: &Policy) -> Step {
    let key = Key { flow: want.flow.clone(), name: want.name.clone() };
    let name = key.to_string();
    let Some(live) = observed.deployments.get(&key) else {
        let body = create_body(want, policy);
        let step = Step::new(Action::Create, KIND, name);
        return Step { call: Call::CreateDeployment { flow: want.flow.clone(), body }, ..step };
    };
    if let Some(reason) = foreign(live, &name, policy) {
        return Step::new(Action::Refuse, KIND, name).because(reason);
    }
    Step { live: Some(live.id.clone()), ..update(want, live, policy) }
}

/// Why `live` may not be touched.
fn foreign(live: &LiveDeployment, name: &str, policy: &Policy) -> Option<String> {
    let marker = policy.instance.marker(&policy.bundle);
    let tags = live.tags();
    let other = tags.iter().find(|it| is_marker(it) && **it != marker);
    let ours = tags.contains(&marker) || owned(name, policy).is_some_and(|it| it.id == live.id);
    if policy.adopt || (ours && other.is_none()) {
        return None;
    }
    Some(match other.map(|it| it.strip_prefix(MARKER).unwrap_or(it)) {
        Some(other) => format!(
            "bundle `{other}` owns it, and bundle `{}/{}` declares it too; take it over with `--adopt`",
            policy.instance.as_str(),
            policy.bundle
        ),
        None => {
            "it exists and is not ours; take it over with `--adopt` or SYNC_ADOPT=true".to_owned()
        }
    })
}

/// What every marker tag starts with: `bundle:<instance>/<bundle>`.
const MARKER: &str = "bundle:";

/// Whether `tag` marks a deployment as some installation's.
fn is_marker(tag: &str) -> bool {
    tag.strip_prefix(MARKER).is_some_and(|it| it.contains('/'))
}

pub(super) fn owned<'a>(name: &str, policy: &'a Policy) -> Option<&'a Owned> {
    policy.state.as_ref()?.deployments.get(name)
}

/// The body that `POST /deployments/` gets, without `flow_id`.
pub fn create_body(want: &Deployment, policy: &Policy) -> Map<String, Value> {
    let mut body = Map::new();
    body.insert("name".into(), want.name.clone().into());
    for (field, value) in &want.fields {
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

fn supported(field: Field, dialect: Dialect) -> bool {
    match field {
        Field::ConcurrencyLimit => dialect.concurrency_limit(),
        Field::ConcurrencyOptions => dialect.concurrency_options(),
        _ => true,
    }
}

fn declared_tags(want: &Deployment) -> BTreeSet<String> {
    let tags = want.fields.get(&Field::Tags).and_then(Value::as_array);
    tags.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Compares what is declared, and what was declared before, with the live record.
fn update(want: &Deployment, live: &LiveDeployment, policy: &Policy) -> Step {
    let name = live.key.to_string();
    let before = owned(&name, policy);
    let mut changes = field_changes(want, live, before, policy.dialect);
    changes.extend(tag_change(want, live, before, policy));
    let sync = want.schedules.as_ref().map(|schedules| {
        let owned = before.map(|it| it.schedules.as_slice()).unwrap_or_default();
        schedule::sync(schedules, &live.schedules, owned, policy.dialect)
    });
    let sync = sync.unwrap_or_default();
    if sync.send.is_some() || !sync.delete.is_empty() {
        let have: Vec<&Value> = live.schedules.iter().map(|it| &it.timing).collect();
        let wanted: Vec<Value> =
            want.schedules.iter().flatten().map(|it| it.timing.to_json()).collect();
        changes.push(Change { field: "schedules".into(), have: json!(have), want: json!(wanted) });
    }
    if changes.is_empty() {
        return Step::new(Action::Keep, KIND, name);
    }
    changes.sort_by_key(|it| Field::of_name(&it.field).map_or(usize::MAX, |it| it as usize));
    let call = call(want, live, &changes, sync, policy.dialect);
    Step { changes, call, ..Step::new(Action::Update, KIND, name) }
}

fn field_changes(
    want: &Deployment,
    live: &LiveDeployment,
    before: Option<&Owned>,
    dialect: Dialect,
) -> Vec<Change> {
    let was = |field: Field| before.is_some_and(|it| it.fields.iter().any(|it| it == field.name()));
    let fields = Field::ALL.into_iter().filter(|it| *it != Field::Tags && supported(*it, dialect));
    fields
        .filter_map(|field| {
            let wanted = match field {
                Field::PullSteps => json!(want.pull),
                _ if want.declared.contains(&field) => want.fields.get(&field)?.clone(),
                _ if was(field) => {
                    want.fields.get(&field).cloned().unwrap_or_else(|| reset(field, dialect))
                }
                _ => return None,
            };
            let have = live.value(field, dialect);
            let change = Change { field: field.name().into(), have, want: wanted };
            (!same(&change.have, &change.want)).then_some(change)
        })
        .collect()
}

/// The server's default of a field that is declared no more.
fn reset(field: Field, dialect: Dialect) -> Value {
    match field {
        Field::Parameters | Field::JobVariables => json!({}),
        Field::Paused => json!(false),
        Field::EnforceParameterSchema => json!(dialect.is_three()),
        _ => Value::Null,
    }
}

/// Tags that others added stay; ours that are declared no more go; the marker is put back.
fn tag_change(
    want: &Deployment,
    live: &LiveDeployment,
    before: Option<&Owned>,
    policy: &Policy,
) -> Option<Change> {
    let have = live.tags();
    let mut wanted = declared_tags(want);
    wanted.insert(policy.instance.marker(&policy.bundle));
    let was: BTreeSet<String> =
        before.map(|it| it.tags.iter().cloned().collect()).unwrap_or_default();
    wanted.extend(have.difference(&was).cloned());
    if policy.adopt {
        let marker = policy.instance.marker(&policy.bundle);
        wanted.retain(|it| *it == marker || !is_marker(it));
    }
    (have != wanted).then(|| Change {
        field: "tags".into(),
        have: json!(have),
        want: json!(wanted),
    })
}

fn call(
    want: &Deployment,
    live: &LiveDeployment,
    changes: &[Change],
    sync: schedule::Sync,
    dialect: Dialect,
) -> Call {
    let code = [Field::PullSteps.name(), Field::ParameterSchema.name()];
    if !dialect.patches_code() && changes.iter().any(|it| code.contains(&it.field.as_str())) {
        let body = whole_record(live, changes, sync.send, dialect);
        return Call::CreateDeployment { flow: want.flow.clone(), body };
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
            let value = want.fields.get(&field).cloned().filter(|it| !it.is_null());
            let value = value.unwrap_or_else(|| live.value(field, dialect));
            body.entry(field.name()).or_insert(value);
        }
    }
    if let Some(schedules) = sync.send {
        body.insert("schedules".into(), schedules.into());
    }
    Call::UpdateDeployment { id: live.id.clone(), body, delete_schedules: sync.delete }
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
    for name in ["storage_document_id", "infrastructure_document_id"] {
        if let Some(id) = live.record.get(name).filter(|it| !it.is_null()) {
            body.insert(name.into(), id.clone());
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

/// Live deployments of this bundle that it declares no more: kept and named, never removed here.
pub(super) fn orphans(desired: &Desired, observed: &Observed, policy: &Policy) -> Vec<Step> {
    if !policy.only.is_empty() {
        return Vec::new();
    }
    let declared: BTreeSet<String> =
        desired.deployments.iter().map(|it| format!("{}/{}", it.flow, it.name)).collect();
    let marker = policy.instance.marker(&policy.bundle);
    let gone = observed.deployments.values().filter(|it| it.tags().contains(&marker));
    gone.map(|it| it.key.to_string())
        .filter(|it| !declared.contains(it))
        .map(|it| {
            Step::new(Action::Keep, KIND, it).because("no file declares it any more; it is kept")
        })
        .collect()
}

/// What the state says of `want` once it is applied as `id`.
pub fn owned_after(
    want: &Deployment,
    live: Option<&LiveDeployment>,
    id: String,
    dialect: Dialect,
) -> Owned {
    let live = live.map(|it| it.schedules.as_slice()).unwrap_or_default();
    let schedules = want.schedules.as_deref().unwrap_or_default();
    Owned {
        id,
        fields: want.declared.iter().map(|it| it.name().to_owned()).collect(),
        tags: declared_tags(want).into_iter().collect(),
        schedules: schedule::sync(schedules, live, &[], dialect).owned,
        automations: want.automations.iter().map(|it| it.name.clone()).collect(),
    }
}
