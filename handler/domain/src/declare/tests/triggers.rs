//! `triggers` of a deployment.

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
