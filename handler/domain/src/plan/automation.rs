//! The automations of one deployment: create, update in place, delete, keep.
//!
//! `prefect deploy` deletes and remakes all of them each time, which loses ids, the state of their buckets and a user's
//! `enabled: false`; here they are compared and changed in place.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{Action, Call, Change, Policy, Step, deployment};
use crate::desired::{Automation, Deployment};
use crate::json::same;
use crate::observed::{LiveAutomation, LiveDeployment, Observed};
use crate::report::Owned;

const KIND: &str = "automation";
/// Lists of a trigger that are sets.
const SETS: [&str; 3] = ["after", "expect", "for_each"];

/// The steps for the automations of `want`.
pub(super) fn steps(want: &Deployment, observed: &Observed, policy: &Policy) -> Vec<Step> {
    let live = observed.deployments.values().find(|it| {
        (it.key.flow.as_str(), it.key.name.as_str()) == (want.flow.as_str(), want.name.as_str())
    });
    let key = format!("{}/{}", want.flow, want.name);
    let before = deployment::owned(&key, policy);
    let wakes = move |name: &String| before.is_some_and(|it| it.switched_off.contains(name));
    let (found, more) = pairs(want, (live, before), observed);
    let one = move |(it, have): (&Automation, Option<&LiveAutomation>)| {
        declared(it, want, (live, have, wakes(&it.name)), observed)
    };
    let declared = want.automations.iter().zip(found).map(one);
    let more = more.into_iter().map(|it| {
        deletion(want, it).because("another one has its name and runs the same deployment")
    });
    let left = left(live, before, observed)
        .map(|it| deletion(want, it).because("the deployment that it was made for is gone"));
    declared.chain(more).chain(left).chain(gone(want, live, observed, policy)).collect()
}

fn title(want: &Deployment, name: &str) -> String {
    format!("{}/{}: {name}", want.flow, want.name)
}

/// Those of that name that run `live`, the oldest first: two that are made at once do not see each other.
fn named<'a>(
    name: &str,
    live: Option<&LiveDeployment>,
    observed: &'a Observed,
) -> Vec<&'a LiveAutomation> {
    let Some(live) = live else { return Vec::new() };
    let all = observed.automations.iter().flatten();
    let mut found: Vec<_> = all.filter(|it| it.name == name && it.runs(&live.id)).collect();
    found.sort_by_key(|it| it.record.get("created").map(ToString::to_string));
    found
}

/// The one that we made as `name` for `live`, whatever a person has made of its name and its actions since.
fn known<'a>(
    name: &str,
    (live, before): (Option<&LiveDeployment>, Option<&Owned>),
    observed: &'a Observed,
) -> Option<&'a LiveAutomation> {
    let id = before.filter(|it| is_of(live, it))?.automation_ids.get(name)?;
    observed.automations.iter().flatten().find(|it| it.id == *id)
}

/// Whether `live` is the one that `before` tells of, and not another of its name.
fn is_of(live: Option<&LiveDeployment>, before: &Owned) -> bool {
    live.is_some_and(|it| it.id == before.id)
}

/// Those that we made for a deployment that somebody removed: the server keeps them.
fn left<'a>(
    live: Option<&LiveDeployment>,
    before: Option<&Owned>,
    observed: &'a Observed,
) -> impl Iterator<Item = &'a LiveAutomation> {
    let before = before.filter(|it| !it.id.is_empty() && !is_of(live, it));
    let ids = before.into_iter().flat_map(|it| it.automation_ids.values());
    let ids: BTreeSet<String> = ids.cloned().collect();
    let runs_it = move |it: &LiveAutomation| live.is_some_and(|live| it.runs(&live.id));
    let all = observed.automations.iter().flatten();
    all.filter(move |it| ids.contains(&it.id) && !runs_it(it))
}

/// Whether a declared automation may be a live one.
type Rule<'a> = &'a dyn Fn(&Automation, &LiveAutomation) -> bool;

/// The live one of each automation of `want`, no live one twice, and those that are too many.
fn pairs<'a>(
    want: &Deployment,
    (live, before): (Option<&LiveDeployment>, Option<&Owned>),
    observed: &'a Observed,
) -> (Vec<Option<&'a LiveAutomation>>, Vec<&'a LiveAutomation>) {
    let names: BTreeSet<&str> = want.automations.iter().map(|it| it.name.as_str()).collect();
    let ours = want.automations.iter().map(|it| known(&it.name, (live, before), observed));
    let mut found: Vec<Option<&LiveAutomation>> = ours.collect();
    let is_free = |it: &&LiveAutomation| !found.iter().flatten().any(|have| have.id == it.id);
    let mut free: Vec<_> =
        names.iter().flat_map(|it| named(it, live, observed)).filter(is_free).collect();
    let same = |it: &Automation, have: &LiveAutomation| {
        it.name == have.name && changes(&body(it, is_enabled(it, have)), &have.record).is_empty()
    };
    let alike = |it: &Automation, have: &LiveAutomation| it.name == have.name;
    let rules: [Rule<'_>; 2] = [&same, &alike];
    for rule in rules {
        for (it, slot) in want.automations.iter().zip(&mut found).filter(|it| it.1.is_none()) {
            let at = free.iter().position(|have| rule(it, have));
            *slot = at.map(|at| free.remove(at));
        }
    }
    (found, free)
}

fn is_enabled(want: &Automation, have: &LiveAutomation) -> bool {
    let enabled = have.record.get("enabled").and_then(Value::as_bool).unwrap_or(true);
    want.enabled.unwrap_or(enabled)
}

fn deletion(want: &Deployment, have: &LiveAutomation) -> Step {
    let step = Step::new(Action::Delete, KIND, title(want, &have.name));
    Step { call: Call::DeleteAutomation { id: have.id.clone() }, ..step }
}

/// One that was switched off with its deployment `wakes` up with it.
fn declared(
    automation: &Automation,
    want: &Deployment,
    (live, have, wakes): (Option<&LiveDeployment>, Option<&LiveAutomation>, bool),
    observed: &Observed,
) -> Step {
    let name = title(want, &automation.name);
    if observed.automations.is_none() {
        return Step::new(Action::Skip, KIND, name).because(
            "this server has no automations; start it with PREFECT_EXPERIMENTAL_EVENTS=true and \
             PREFECT_API_SERVICES_TRIGGERS_ENABLED=true",
        );
    }
    let Some(have) = have else {
        let deployment = format!("{}/{}", want.flow, want.name);
        let body = body(automation, automation.enabled.unwrap_or(true));
        let call = Call::CreateAutomation { deployment, body };
        return Step { call, ..Step::new(Action::Create, KIND, name) };
    };
    let wakes = automation.enabled.is_none() && wakes;
    let body = body(automation, is_enabled(automation, have) || wakes);
    let mut changes = changes(&body, &have.record);
    let (id, is_its) = live.map_or(("", true), |it| (it.id.as_str(), have.runs(&it.id)));
    let step = |action| Step { live: Some(have.id.clone()), ..Step::new(action, KIND, name) };
    if changes.is_empty() && is_its {
        return step(Action::Keep);
    }
    if !is_its {
        let runs = have.record.get("actions").map_or(&Value::Null, |it| &it[0]["deployment_id"]);
        changes.push(Change::shown("deployment_id", runs, id.into()));
    }
    let mut body = addressed(&body, id);
    body.remove("owner_resource");
    let call = Call::UpdateAutomation { id: have.id.clone(), body };
    Step { changes, call, ..step(Action::Update) }
}

/// The record without the deployment's id.
fn body(want: &Automation, enabled: bool) -> Map<String, Value> {
    let mut action = Map::from_iter([
        ("type".to_owned(), json!("run-deployment")),
        ("source".to_owned(), json!("selected")),
        ("parameters".to_owned(), json!(want.parameters)),
        ("job_variables".to_owned(), json!(want.job_variables)),
    ]);
    // servers before it was added refuse or drop it
    if want.schedule_after > 0.0 {
        action.insert("schedule_after".into(), json!(want.schedule_after));
    }
    Map::from_iter([
        ("name".to_owned(), json!(want.name)),
        ("description".to_owned(), json!(want.description)),
        ("enabled".to_owned(), json!(enabled)),
        ("trigger".to_owned(), want.trigger.clone()),
        ("actions".to_owned(), json!([action])),
    ])
}

/// `body` with the deployment `id` as what it runs and what owns it.
pub fn addressed(body: &Map<String, Value>, id: &str) -> Map<String, Value> {
    let mut body = body.clone();
    let action =
        body.get_mut("actions").and_then(|it| it.get_mut(0)).and_then(Value::as_object_mut);
    if let Some(action) = action {
        action.insert("deployment_id".into(), id.into());
    }
    body.insert("owner_resource".into(), format!("prefect.deployment.{id}").into());
    body
}

fn changes(body: &Map<String, Value>, live: &Map<String, Value>) -> Vec<Change> {
    let fields = ["name", "description", "enabled", "trigger", "actions"];
    let one = |field: &str| {
        let have = plain(live.get(field).unwrap_or(&Value::Null));
        let want = plain(body.get(field).unwrap_or(&Value::Null));
        (!same(&have, &want)).then(|| Change::shown(field, &have, want))
    };
    fields.into_iter().filter_map(one).collect()
}

/// Without what the server adds (ids, a `schedule_after` of nothing), and with sets in order.
fn plain(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let added = |key: &str, it: &Value| {
                matches!(key, "id" | "deployment_id")
                    || (key == "schedule_after" && it.as_f64() == Some(0.0))
            };
            let kept = map.iter().filter(|(key, it)| !added(key, it));
            kept.map(|(key, it)| (key.clone(), member(key, it))).collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.iter().map(plain).collect(),
        other => other.clone(),
    }
}

fn member(key: &str, value: &Value) -> Value {
    match value {
        Value::Array(items) if SETS.contains(&key) => {
            let mut items = items.clone();
            items.sort_by_key(ToString::to_string);
            items.into()
        }
        // free texts of their author: nothing in them is the server's
        other if matches!(key, "parameters" | "job_variables" | "match" | "match_related") => {
            other.clone()
        }
        other => plain(other),
    }
}

/// Automations that we made and that are declared no more.
fn gone<'a>(
    want: &'a Deployment,
    live: Option<&'a LiveDeployment>,
    observed: &'a Observed,
    policy: &'a Policy,
) -> impl Iterator<Item = Step> + 'a {
    let key = format!("{}/{}", want.flow, want.name);
    let before = deployment::owned(&key, policy);
    let names = before.into_iter().flat_map(|it| &it.automations);
    let names = names.filter(|name| want.automations.iter().all(|it| it.name != **name));
    let have = names.flat_map(move |name| ours(name, (live, before), observed));
    have.map(|it| deletion(want, it).because("its trigger is declared no more"))
}

/// The live ones that were declared as `name`.
fn ours<'a>(
    name: &str,
    (live, before): (Option<&LiveDeployment>, Option<&Owned>),
    observed: &'a Observed,
) -> Vec<&'a LiveAutomation> {
    match known(name, (live, before), observed) {
        Some(it) => vec![it],
        None => named(name, live, observed),
    }
}

#[cfg(test)]
mod tests;
