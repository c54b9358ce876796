//! One deployment: create, update, keep or refuse.

use serde_json::{Value, json};

use super::body::{call, create_body};
use super::fields::{declared_tags, field_changes, tag_change};
use super::pools::Templates;
use super::{Action, Adopt, Call, Change, Limits, Policy, Step, blocks, schedule, variables};
use crate::desired::{Deployment, Field};
use crate::dialect::Dialect;
use crate::names::Instance;
use crate::observed::{Key, LiveDeployment, LiveSchedule, Observed};
use crate::report::Owned;

const KIND: &str = "deployment";

/// Whether the request names `deployment`, or none.
pub(super) fn selected(deployment: &Deployment, policy: &Policy) -> bool {
    let full = format!("{}/{}", deployment.flow, deployment.name);
    policy.only.is_empty() || policy.only.iter().any(|it| *it == full || *it == deployment.name)
}

/// The step for one declared deployment.
pub(super) fn step(
    want: &Deployment,
    observed: &Observed,
    policy: &Policy,
    templates: &Templates<'_>,
) -> Step {
    let key = Key { flow: want.flow.clone(), name: want.name.clone() };
    let name = key.to_string();
    let mut step = written(want, key, observed, policy);
    let looked_at = variables::are_sent(&step) || templates.is_changed(want, policy);
    if step.action == Action::Refuse && !looked_at {
        return step;
    }
    match variables::refused(want, templates) {
        Some(reason) if looked_at => return Step::new(Action::Refuse, KIND, name).because(reason),
        // somebody changed the pool meanwhile: the server takes what does not touch them
        Some(reason) => step.consequences.push(reason),
        None => {}
    }
    variables::unread(want, templates, &mut step);
    step
}

fn written(want: &Deployment, key: Key, observed: &Observed, policy: &Policy) -> Step {
    let name = key.to_string();
    let Some(live) = observed.deployments.get(&key) else {
        let body = blocks::with_ids(create_body(want, policy), observed);
        let step = Step::new(Action::Create, KIND, name);
        return Step { call: Call::CreateDeployment { flow: want.flow.clone(), body }, ..step };
    };
    if let Some(reason) = foreign(want, live, policy) {
        return Step::new(Action::Refuse, KIND, name).because(reason);
    }
    let mut step = update(want, live, observed, policy);
    if let Some(other) = other_marker(live, policy) {
        let other = other.strip_prefix(Instance::MARKER).unwrap_or(&other);
        step.consequences.push(format!("it is taken over from bundle `{other}`"));
    }
    Step { live: Some(live.id.clone()), ..step }
}

/// Why `live` may not be touched.
fn foreign(want: &Deployment, live: &LiveDeployment, policy: &Policy) -> Option<String> {
    let other = other_marker(live, policy);
    let free = match &other {
        Some(marker) => may_take(marker, policy),
        None => policy.adopt != Adopt::Nothing || is_ours(live, policy),
    };
    if free {
        return None;
    }
    Some(match other.as_deref().map(|it| it.strip_prefix(Instance::MARKER).unwrap_or(it)) {
        Some(other) => format!(
            "bundle `{other}` owns it, and bundle `{}/{}` declares it too, at {}:{}; take it over with `--adopt`, or `adopt` of a redeploy",
            policy.instance.as_str(),
            policy.bundle,
            want.at.file,
            want.at.line
        ),
        None => {
            "it exists and is not ours; take it over with `--adopt`, `adopt` of a redeploy, or SYNC_ADOPT=true".to_owned()
        }
    })
}

/// Whether `live` has our tag, or our state knows it.
pub(super) fn is_ours(live: &LiveDeployment, policy: &Policy) -> bool {
    is_marked(live, policy) || is_known(live, policy)
}

/// Whether `live` has our tag.
pub(super) fn is_marked(live: &LiveDeployment, policy: &Policy) -> bool {
    live.tags().contains(&policy.instance.marker(&policy.bundle))
}

/// Whether our state knows `live`. One that a pass was cut off at has no id there: its tag says that it is the one.
pub(super) fn is_known(live: &LiveDeployment, policy: &Policy) -> bool {
    owned(&live.key.to_string(), policy)
        .is_some_and(|it| it.id == live.id || (it.id.is_empty() && is_marked(live, policy)))
}

/// The tag that says that it is another bundle's.
pub(super) fn other_marker(live: &LiveDeployment, policy: &Policy) -> Option<String> {
    let marker = policy.instance.marker(&policy.bundle);
    live.tags().into_iter().find(|it| Instance::is_marker(it) && *it != marker)
}

/// Whether what another bundle has marked so may be taken over.
pub(super) fn may_take(marker: &str, policy: &Policy) -> bool {
    policy.adopt == Adopt::All
        || policy.orphans.iter().any(|it| policy.instance.marker(it) == *marker)
}

pub(super) fn owned<'a>(name: &str, policy: &'a Policy) -> Option<&'a Owned> {
    policy.state.as_ref()?.deployments.get(name)
}

/// Compares what is declared, and what was declared before, with the live record.
fn update(want: &Deployment, live: &LiveDeployment, observed: &Observed, policy: &Policy) -> Step {
    let name = live.key.to_string();
    let before = owned(&name, policy);
    let mut changes = field_changes(want, live, before, (policy.dialect, observed));
    changes.extend(tag_change(want, live, before, policy));
    // without the key, too: then those that it stated before go
    let schedules = want.schedules.as_deref().unwrap_or_default();
    let mut sync = schedule::sync(schedules, &live.schedules, before, policy.dialect);
    let limits = (!sync.missing.is_empty()).then(|| limits_change(&sync.missing));
    let mut schedules = Vec::new();
    if sync.send.is_some() || !sync.delete.is_empty() {
        let have: Vec<&Value> = live.schedules.iter().map(|it| &it.timing).collect();
        let wanted: Vec<Value> =
            want.schedules.iter().flatten().map(|it| it.timing.to_json()).collect();
        changes.push(Change { field: "schedules".into(), have: json!(have), want: json!(wanted) });
        schedules = std::mem::take(&mut sync.changes);
    }
    if changes.is_empty() && limits.is_none() {
        return Step::new(Action::Keep, KIND, name);
    }
    changes.sort_by_key(|it| Field::of_name(&it.field).map_or(usize::MAX, |it| it as usize));
    let call = call(want, live, &changes, sync, policy.dialect);
    changes.extend(limits);
    Step { changes, schedules, call, ..Step::new(Action::Update, KIND, name) }
}

fn limits_change(missing: &[Limits]) -> Change {
    let want = missing.iter().map(Limits::shown).collect();
    Change { field: "limits of schedules".into(), have: Value::Null, want }
}

/// What the state says of `want` once it is applied as `id` and has the schedules `live`; `before` is what it said before.
pub(super) fn owned_after(
    want: &Deployment,
    (live, before): (&[LiveSchedule], Option<&Owned>),
    id: String,
    dialect: Dialect,
) -> Owned {
    let schedules = want.schedules.as_deref().unwrap_or_default();
    let sync = schedule::sync(schedules, live, before, dialect);
    Owned {
        id,
        fields: want.declared.iter().map(|it| it.name().to_owned()).collect(),
        tags: declared_tags(want).into_iter().collect(),
        schedules: sync.owned,
        paused_schedules: sync.paused,
        parameters_of_schedules: sync.with_parameters,
        lost_limits: Vec::new(),
        automations: want.automations.iter().map(|it| it.name.clone()).collect(),
        automation_ids: [].into(),
        retired: false,
        undeclared: false,
        idle: false,
        switched_off: Vec::new(),
    }
}
