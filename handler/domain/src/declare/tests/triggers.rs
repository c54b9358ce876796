//! `triggers` of a deployment.

use serde_json::Value;

use super::*;

fn triggers(yaml: &str, want: Expect) {
    check(&format!("  triggers:\n{yaml}"), want);
}

#[test]
fn a_trigger_has_the_defaults_that_prefects_client_sends() {
    let yaml =
        "  triggers:\n  - expect: [b, a, b]\n  - {posture: Proactive, within: PT1M, name: quiet}\n";
    let out = read(&with(yaml), "3.9.1");
    assert_eq!(out.diagnostics, []);
    let automations = &out.deployments[0].automations;
    let (first, second) = (&automations[0], &automations[1]);
    assert_eq!(
        first.trigger,
        json!({"type": "event", "match": {}, "match_related": {}, "after": [], "expect": ["a", "b"],
            "for_each": [], "posture": "Reactive", "threshold": 1, "within": 0.0})
    );
    assert_eq!((first.name.as_str(), first.enabled), ("daily__automation_1", None));
    assert_eq!((second.name.as_str(), &second.trigger["within"]), ("quiet", &json!(60.0)));
}

#[test]
fn parameters_are_templates_of_the_event_and_the_rest_is_ours() {
    let yaml = "  triggers:\n  - {enabled: '{{ prefect.variables.limit }}', name: 'on {{ $IMAGE }}', parameters: {source: '{{ event.id }}'}}\n";
    let out = read(&with(&yaml.replace("limit", "on")), "3.9.1");
    assert_eq!(out.diagnostics[0].code, "unknown-variable");
    let out = read(&with(&yaml.replace("'{{ prefect.variables.limit }}'", "'no'")), "3.9.1");
    let automation = &out.deployments[0].automations[0];
    assert_eq!((automation.name.as_str(), automation.enabled), ("on img:1", Some(false)));
    assert_eq!(json!(automation.parameters), json!({"source": "{{ event.id }}"}));
}

#[test]
fn groups_hold_triggers() {
    let yaml = "  triggers:\n  - {require: any, triggers: [{expect: [a]}, {expect: [b]}]}\n  - {type: sequence, within: 5, triggers: [{expect: [a]}]}\n";
    let out = read(&with(yaml), "3.9.1");
    let trigger = |at: usize| out.deployments[0].automations[at].trigger.clone();
    assert_eq!((&trigger(0)["type"], &trigger(0)["within"]), (&json!("compound"), &json!(null)));
    assert_eq!(trigger(1)["triggers"][0]["expect"], json!(["a"]));
}

#[test]
fn a_warning_inside_a_group_costs_no_automation() {
    let yaml = "  triggers:\n  - {require: any, triggers: [{expect: [a], schedule_after: 5}]}\n";
    let out = read(&with(yaml), "3.9.1");
    assert_eq!(out.diagnostics[0].code, "unknown-key");
    assert_eq!(out.deployments[0].automations.len(), 1);
}

#[test]
fn what_is_wrong_with_a_trigger_is_told_at_its_place() {
    triggers(
        "  - type: webhook\n",
        expect![[r#"
        6:5 trigger: `webhook` is no type of trigger [`event`, `compound` or `sequence`]
    "#]],
    );
    triggers(
        "  - type: metric\n",
        expect![[r#"
        6:5 trigger: metric triggers exist on Prefect Cloud only [use an event trigger]
    "#]],
    );
    triggers(
        "  - {posture: Reactiv, threshold: many, expect: a, within: soon}\n",
        expect![[r#"
        6:15 trigger: `posture` must be Reactive or Proactive
        6:35 field-type: `threshold` must be a whole number
        6:49 field-type: `expect` must be a list of texts [quote each, and put `- ` before it]
        6:60 field-type: `within` must be a number of seconds, `PT1H` or `01:00:00`
    "#]],
    );
    triggers(
        "  - {posture: Proactive, within: 5, expects: [a]}\n",
        expect![[r#"
        6:34 trigger: `within` of a Proactive trigger is at least 10 s
        6:37 unknown-key: `expects` has no effect in a trigger of type `event` [did you mean `expect`?]
    "#]],
    );
    triggers(
        "  - {type: compound, require: 3, triggers: [{expect: [a]}]}\n",
        expect![[r#"
        6:31 trigger: `require` must be `any`, `all`, or a number up to that of the triggers
    "#]],
    );
    triggers(
        "  - {type: sequence}\n  - x\n",
        expect![[r#"
        6:5 trigger: a trigger of type `sequence` has a list of `triggers`
        7:5 field-type: a trigger must be a mapping, this is a text
    "#]],
    );
    triggers(
        "  - {type: compound, require: any, triggers: [hello]}\n",
        expect![[r#"
        6:47 field-type: a trigger must be a mapping, this is a text
    "#]],
    );
    check(
        "  triggers: {expect: [a]}\n",
        expect![[r#"
        5:13 field-type: `triggers` must be a list, this is a mapping [put `- ` before the trigger]
    "#]],
    );
}

/// The triggers that the server of `version` takes otherwise than we do, as measured with its own `AutomationCreate`.
fn disagreements(version: &str, taken: fn(&(Value, bool, bool)) -> bool) -> String {
    let rows: Vec<(Value, bool, bool)> =
        serde_json::from_str(include_str!("triggers.json")).unwrap();
    let wrong = rows.iter().filter_map(|row| {
        let out = read(&with(&format!("  triggers: [{}]\n", row.0)), version);
        let ours = !crate::diagnostic::any_error(&out.diagnostics);
        (ours != taken(row))
            .then(|| format!("{} {}\n", if ours { "taken" } else { "refused" }, row.0))
    });
    wrong.collect()
}

#[test]
fn triggers_are_taken_and_refused_as_by_prefect_3_9() {
    expect![[r#"
        refused {"type":"compound","require":"any","triggers":[{"type":"event","posture":"Reactive"}],"within":-1}
        refused {"type":"event","posture":"Reactive","within":true}
        refused {"type":"compound","require":"any","triggers":[{"type":"event","posture":"Reactive"}],"within":true}
        refused {"type":"event","posture":"Reactive","threshold":true}
        refused {"type":"compound","require":true,"triggers":[{"type":"event","posture":"Reactive"},{"type":"event","posture":"Reactive"}],"within":60}
        refused {"type":"compound","require":"any","triggers":[],"within":60}
        refused {"type":"compound","require":"all","triggers":[],"within":60}
        refused {"type":"sequence","triggers":[],"within":60}
    "#]].assert_eq(&disagreements("3.9.1", |row| row.1));
}

#[test]
fn triggers_are_taken_and_refused_as_by_prefect_2_20() {
    expect![[r#"
        refused {"type":"event","posture":"Reactive","match":[]}
        refused {"type":"event","posture":"Reactive","match_related":[]}
        refused {"type":"compound","require":"any","triggers":[{"type":"event","posture":"Reactive"}],"within":-1}
        refused {"type":"event","posture":"Reactive","within":true}
        refused {"type":"compound","require":"any","triggers":[{"type":"event","posture":"Reactive"}],"within":true}
        refused {"type":"event","posture":"Reactive","threshold":1.5}
        refused {"type":"event","posture":"Reactive","threshold":true}
        refused {"type":"event","posture":"Reactive","threshold":1e+20}
        refused {"type":"compound","require":1.5,"triggers":[{"type":"event","posture":"Reactive"},{"type":"event","posture":"Reactive"}],"within":60}
        refused {"type":"compound","require":true,"triggers":[{"type":"event","posture":"Reactive"},{"type":"event","posture":"Reactive"}],"within":60}
        refused {"type":"compound","require":"any","triggers":[],"within":60}
        refused {"type":"compound","require":"all","triggers":[],"within":60}
        refused {"type":"sequence","triggers":[],"within":60}
        refused {"type":"event","posture":"Reactive","expect":["prefect.flow-run.Completed"],"match_related":[]}
        refused {"type":"event","posture":"Reactive","expect":["prefect.*"],"match_related":[]}
        refused {"type":"event","posture":"Reactive","expect":["*"],"match_related":[]}
        refused {"type":"event","posture":"Reactive","expect":[],"match_related":[]}
    "#]].assert_eq(&disagreements("2.20.27", |row| row.2));
}

#[test]
fn a_trigger_that_sets_itself_off_is_an_error_while_it_is_enabled() {
    triggers(
        "  - {expect: [prefect.flow-run.Running]}\n",
        expect![[r#"
        6:14 trigger-loop: every run of the deployment would set this trigger off again [narrow it by `match` or `match_related`; Prefect refuses it as it is]
    "#]],
    );
    triggers("  - {expect: [prefect.flow-run.Running], enabled: false}\n", expect![[""]]);
    triggers(
        "  - {expect: [prefect.flow-run.Running], match_related: {prefect.resource.id: prefect.flow.1}}\n",
        expect![[""]],
    );
}

#[test]
fn labels_are_texts() {
    triggers(
        "  - {match: [1], match_related: {a: 1, b: [x, null]}}\n  - {within: 'inf:00:00', expect: }\n",
        expect![[r#"
            6:13 field-type: `match` must be a mapping of labels, this is a list [match: {prefect.resource.id: "…"}]
            6:37 field-type: label `a` must be a text or a list of texts, this is a number [quote it: "1"]
            6:47 field-type: label `b` must be a text or a list of texts, this is empty [quote it: "null"]
            7:14 field-type: `within` must be a number of seconds, `PT1H` or `01:00:00`
            7:33 field-type: `expect` must be a list of texts [quote each, and put `- ` before it]
        "#]],
    );
}

#[test]
fn a_template_that_is_not_closed_is_an_error() {
    triggers(
        "  - {parameters: {source: '{{ event.id }'}}\n",
        expect![[r#"
        6:27 template: invalid template: `{{` without `}}` [write `{{ event.id }}`]
    "#]],
    );
}
