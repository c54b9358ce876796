//! Automations, declared and live.

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
    let deployment = deployment(vec![automation()]);
    let step = declared(&automation(), &deployment, (None, None, false), &Observed::default());
    assert_eq!((step.action, step.call), (Action::Skip, Call::None));
}

fn deployment(automations: Vec<Automation>) -> Deployment {
    Deployment {
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
        automations,
    }
}

/// What becomes of `live` ones that all have the declared name, in the order of the steps.
fn steps_of(want: &Deployment, live: &[(&str, Map<String, Value>)]) -> Vec<String> {
    steps_after(want, live, None)
}

/// The same of what we know from `before`.
fn steps_after(
    want: &Deployment,
    live: &[(&str, Map<String, Value>)],
    before: Option<&Owned>,
) -> Vec<String> {
    let deployment =
        LiveDeployment { id: "d".into(), key: key(), record: Map::new(), schedules: Vec::new() };
    let automations = live.iter().map(|(id, record)| LiveAutomation {
        id: (*id).to_owned(),
        name: "on-upload".into(),
        record: record.clone(),
    });
    let observed = Observed {
        automations: Some(automations.collect()),
        deployments: [(key(), deployment.clone())].into(),
        ..Observed::default()
    };
    let (found, mut more) = pairs(want, (Some(&deployment), before), &observed);
    more.extend(left(Some(&deployment), before, &observed));
    let one = |(it, have): (&Automation, Option<&LiveAutomation>)| {
        declared(it, want, (Some(&deployment), have, false), &observed)
    };
    let steps = want.automations.iter().zip(found).map(one);
    let steps = steps.chain(more.into_iter().map(|it| deletion(want, it)));
    steps.map(|it| format!("{:?} {:?}", it.action, it.call)).collect()
}

fn key() -> crate::observed::Key {
    crate::observed::Key { flow: "etl".into(), name: "daily".into() }
}

fn created(at: &str, expects: &str) -> Map<String, Value> {
    let mut record = live();
    record.insert("created".into(), at.into());
    record["trigger"]["expect"] = json!([expects]);
    record
}

#[test]
fn of_two_that_were_made_at_once_the_older_one_stays() {
    let twice = [("new", created("2026-01-02", "a")), ("old", created("2026-01-01", "a"))];
    let trigger = json!({"type": "event", "expect": ["a"], "within": 0.0, "match": {}});
    let want = deployment(vec![Automation { trigger, ..automation() }]);
    assert_eq!(steps_of(&want, &twice), ["Keep None", "Delete DeleteAutomation { id: \"new\" }"]);
}

#[test]
fn two_that_are_declared_with_one_name_are_two() {
    let one = |expects: &str| {
        let trigger = json!({"type": "event", "expect": [expects], "within": 0.0, "match": {}});
        Automation { trigger, ..automation() }
    };
    let want = deployment(vec![one("c"), one("a")]);
    let both = [("1", created("2026-01-01", "a")), ("2", created("2026-01-02", "c"))];
    assert_eq!(steps_of(&want, &both), ["Keep None", "Keep None"]);
}

/// We made `1` for the deployment `id`.
fn made_for(id: &str) -> Owned {
    let automation_ids = [("on-upload".to_owned(), "1".to_owned())].into();
    Owned { id: id.to_owned(), automation_ids, ..Owned::default() }
}

fn running(deployment: &str) -> Map<String, Value> {
    let mut record = live();
    record["actions"][0]["deployment_id"] = deployment.into();
    record
}

#[test]
fn that_of_a_deployment_that_was_removed_is_made_anew() {
    let (want, left) = (deployment(vec![automation()]), [("1", running("removed"))]);
    let steps = steps_after(&want, &left, Some(&made_for("removed")));
    assert!(steps[0].starts_with("Create CreateAutomation"), "{steps:?}");
    assert_eq!(steps[1..], ["Delete DeleteAutomation { id: \"1\" }"]);
}

#[test]
fn one_that_a_person_lets_run_another_deployment_runs_its_own_again() {
    let (want, elsewhere) = (deployment(vec![automation()]), [("1", running("other"))]);
    let steps = steps_after(&want, &elsewhere, Some(&made_for("d")));
    assert!(steps[0].starts_with("Update UpdateAutomation { id: \"1\""), "{steps:?}");
    assert!(steps[0].contains(r#""deployment_id": String("d")"#), "{steps:?}");
    assert_eq!(steps.len(), 1);
}
