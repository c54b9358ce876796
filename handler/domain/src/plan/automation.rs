//! The automations of one deployment: create, update in place, delete, keep.
//!
//! `prefect deploy` deletes and remakes all of them each time, which loses ids, the state of their buckets and a user's
//! `enabled: false`; here they are compared and changed in place.

use serde_json::{Map, Value, json};

use super::{Action, Call, Change, Policy, Step, deployment};
use crate::desired::{Automation, Deployment};
use crate::json::same;
use crate::observed::{LiveAutomation, LiveDeployment, Observed};

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
    let declared = want
        .automations
        .iter()
        .map(move |it| declared(it, want, (live, wakes(&it.name)), observed));
    declared.chain(gone(want, live, observed, policy)).collect()
}

fn title(want: &Deployment, name: &str) -> String {
    format!("{}/{}: {name}", want.flow, want.name)
}

fn find<'a>(
    name: &str,
    live: Option<&LiveDeployment>,
    observed: &'a Observed,
) -> Option<&'a LiveAutomation> {
    let id = live?.id.as_str();
    observed.automations.iter().flatten().find(|it| it.name == name && it.runs(id))
}

/// One that was switched off with its deployment `wakes` up with it.
fn declared(
    automation: &Automation,
    want: &Deployment,
    (live, wakes): (Option<&LiveDeployment>, bool),
    observed: &Observed,
) -> Step {
    let name = title(want, &automation.name);
    if observed.automations.is_none() {
        return Step::new(Action::Skip, KIND, name).because(
            "this server has no automations; start it with PREFECT_EXPERIMENTAL_EVENTS=true and \
             PREFECT_API_SERVICES_TRIGGERS_ENABLED=true",
        );
    }
    let Some(have) = find(&automation.name, live, observed) else {
        let deployment = format!("{}/{}", want.flow, want.name);
        let body = body(automation, automation.enabled.unwrap_or(true));
        let call = Call::CreateAutomation { deployment, body };
        return Step { call, ..Step::new(Action::Create, KIND, name) };
    };
    let enabled = have.record.get("enabled").and_then(Value::as_bool).unwrap_or(true);
    let body = body(automation, automation.enabled.unwrap_or(enabled || wakes));
    let changes = changes(&body, &have.record);
    if changes.is_empty() {
        return Step::new(Action::Keep, KIND, name);
    }
    let id = live.map(|it| it.id.clone()).unwrap_or_default();
    let mut body = addressed(&body, &id);
    body.remove("owner_resource");
    let call = Call::UpdateAutomation { id: have.id.clone(), body };
    Step { changes, call, ..Step::new(Action::Update, KIND, name) }
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
    let fields = ["description", "enabled", "trigger", "actions"];
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
    let before = deployment::owned(&key, policy).map(|it| it.automations.as_slice());
    let names = before.unwrap_or_default().iter();
    let names = names.filter(|name| want.automations.iter().all(|it| it.name != **name));
    names.filter_map(move |name| {
        let have = find(name, live, observed)?;
        let step = Step::new(Action::Delete, KIND, title(want, name));
        let step = step.because("its trigger is declared no more");
        Some(Step { call: Call::DeleteAutomation { id: have.id.clone() }, ..step })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn automation() -> Automation {
        let trigger = json!({"type": "event", "expect": ["a", "b"], "within": 0.0, "match": {}});
        Automation {
            at: crate::diagnostic::Position::start_of("prefect.yaml"),
            name: "on-upload".into(),
            description: String::new(),
            enabled: None,
            trigger,
            parameters: Some(Map::from_iter([("id".to_owned(), json!("x"))])),
            job_variables: None,
            schedule_after: 0.0,
        }
    }

    fn want() -> Map<String, Value> {
        body(&automation(), true)
    }

    fn live() -> Map<String, Value> {
        let value = json!({
            "id": "1", "name": "on-upload", "description": "", "enabled": true, "tags": [],
            "trigger": {"type": "event", "id": "9", "expect": ["b", "a"], "within": 0, "match": {}},
            "actions": [{"type": "run-deployment", "source": "selected", "deployment_id": "d",
                "parameters": {"id": "x"}, "job_variables": null, "schedule_after": 0.0}],
        });
        value.as_object().unwrap().clone()
    }

    #[test]
    fn what_the_server_adds_is_no_difference() {
        assert_eq!(changes(&want(), &live()), []);
    }

    #[test]
    fn a_parameter_is_compared_whatever_its_name() {
        let mut live = live();
        live["actions"][0]["parameters"]["id"] = json!("y");
        assert_eq!(changes(&want(), &live).len(), 1);
    }

    #[test]
    fn the_deployment_owns_it_and_is_what_it_runs() {
        let body = addressed(&want(), "d1");
        assert_eq!(body["actions"][0]["deployment_id"], "d1");
        assert_eq!(body["owner_resource"], "prefect.deployment.d1");
    }

    #[test]
    fn what_the_server_cannot_have_does_not_count_as_unchanged() {
        let deployment = Deployment {
            at: crate::diagnostic::Position::start_of("prefect.yaml"),
            via: "prefect.yaml",
            flow: "etl".into(),
            name: "daily".into(),
            entrypoint: "etl.py:etl".into(),
            function: None,
            fields: [].into(),
            declared: [].into(),
            schedules: None,
            pull: Vec::new(),
            agent: false,
            registered: [].into(),
            variables_at: [].into(),
            inline: Vec::new(),
            loads: [].into(),
            automations: vec![automation()],
        };
        let step = declared(&automation(), &deployment, (None, false), &Observed::default());
        assert_eq!((step.action, step.call), (Action::Skip, Call::None));
    }
}
