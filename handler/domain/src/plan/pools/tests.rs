//! When pools and queues are made, changed, and left alone.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use serde_json::json;

use super::super::{Adopt, Pruning, plan, text, warnings};
use super::*;
use crate::declare::{self, tests::settings};
use crate::dialect::Dialect;
use crate::names::{BundleId, Instance};
use crate::tree::Tree;

const FLOW: &str = "from prefect import flow\n\n@flow(name='etl')\ndef main():\n    pass\n";

/// What a deployment in that pool and a file `work-pools/aks.yaml` ask for.
fn wanted(work_pool: &str, declared: &str) -> Desired {
    let yaml = format!(
        "deployments:\n- name: daily\n  entrypoint: flow.py:main\n  work_pool: {work_pool}\n"
    );
    let files =
        [("prefect.yaml", yaml.as_str()), ("flow.py", FLOW), ("work-pools/aks.yaml", declared)];
    let files = files.into_iter().filter(|(_, text)| !text.is_empty());
    let out = declare::desired(&Tree::of_texts(files), &settings("3.9.1"));
    assert_eq!(out.diagnostics, []);
    out
}

fn policy() -> Policy {
    Policy {
        dialect: Dialect::new("3.9.1").unwrap(),
        instance: Instance::default(),
        bundle: BundleId::new("sales").unwrap(),
        adopt: Adopt::Nothing,
        orphans: [].into(),
        create_pools: false,
        pool_type: "kubernetes".into(),
        claims: BTreeMap::new(),
        credentials: None,
        storage: None,
        state: None,
        held: false,
        pruning: Pruning::default(),
        only: Vec::new(),
    }
}

/// A server with the pool `aks` and these queues by priority.
fn observed(queues: &[(&str, i64)]) -> Observed {
    let template = json!({
        "job_configuration": {"image": "{{ image }}"},
        "variables": {"type": "object", "properties": {"image": {"type": "string"}}},
    });
    let record = json!({"description": "theirs", "is_paused": false, "concurrency_limit": 3,
        "base_job_template": template, "type": "kubernetes"});
    let queue = |(name, priority): &(&str, i64)| {
        let record = json!({"priority": priority, "description": "", "is_paused": false,
            "concurrency_limit": null});
        ((*name).to_owned(), record.as_object().unwrap().clone())
    };
    Observed {
        pools: [("aks".to_owned(), "kubernetes".to_owned())].into(),
        templates: [("aks".to_owned(), template["variables"].clone())].into(),
        pool_records: [("aks".to_owned(), record.as_object().unwrap().clone())].into(),
        queues: [("aks".to_owned(), queues.iter().map(queue).collect())].into(),
        pool_types: [("kubernetes".to_owned(), template)].into(),
        ..Observed::default()
    }
}

/// The steps of pools and queues with what they send, then the warnings.
fn check(desired: &Desired, observed: &Observed, policy: &Policy, want: Expect) {
    let mut plan = plan(desired, observed, policy);
    plan.steps
        .retain(|it| it.kind.starts_with("work-") || it.action == super::super::Action::Refuse);
    let mut out = text(&plan).lines().fold(String::new(), |mut out, line| {
        let _infallible = writeln!(out, "{line}");
        out
    });
    out.truncate(out.trim_end().rfind('\n').map_or(0, |it| it + 1));
    for it in &plan.steps {
        match &it.call {
            Call::None => {}
            Call::CreatePool { body } | Call::UpdatePool { body } => {
                let _infallible = writeln!(out, "{}", Value::from(body.clone()));
            }
            Call::CreateQueue { pool, body } => {
                let _infallible = writeln!(out, "{pool:?} {}", Value::from(body.clone()));
            }
            Call::UpdateQueue { queue, body, .. } => {
                let _infallible = writeln!(out, "{queue} {}", Value::from(body.clone()));
            }
            other => panic!("{other:?}"),
        }
    }
    for it in warnings(desired, observed, policy) {
        let (at, hint) = (&it.at, it.hint.unwrap_or_default());
        let _infallible =
            writeln!(out, "{}:{} {}: {} [{hint}]", at.file, at.line, it.code, it.message);
    }
    want.assert_eq(&out);
}

#[test]
fn a_declared_pool_is_made_whatever_may_be_made() {
    let queues = "queues: [{name: default, priority: 2}, {name: high, priority: 1}]\n";
    let wanted = wanted("{name: aks, work_queue_name: high}", &format!("paused: true\n{queues}"));
    let types = observed(&[]).pool_types;
    let none = Observed { pool_types: types, ..Observed::default() };
    check(
        &wanted,
        &none,
        &policy(),
        expect![[r#"
        + work-pool aks: type kubernetes, declared at work-pools/aks.yaml:1
        + work-queue aks/high: declared at work-pools/aks.yaml:2
        = work-queue aks/default
        {"name":"aks","type":"kubernetes","base_job_template":{"job_configuration":{"image":"{{ image }}"},"variables":{"type":"object","properties":{"image":{"type":"string"}}}},"is_paused":true}
        Some("aks") {"name":"high","priority":1}
    "#]],
    );
}

#[test]
fn only_what_is_declared_is_ours() {
    let wanted = wanted("{name: aks}", "type: kubernetes\nconcurrency_limit: 5\n");
    check(
        &wanted,
        &observed(&[("default", 1)]),
        &policy(),
        expect![[r#"
        ~ work-pool aks
            concurrency_limit: 3 -> 5
        {"concurrency_limit":5}
    "#]],
    );
}

#[test]
fn nothing_is_sent_where_nothing_differs() {
    let file =
        "concurrency_limit: 3\ndescription: theirs\nqueues: [{name: default, priority: 1}]\n";
    let wanted = wanted("{name: aks, work_queue_name: default}", file);
    check(
        &wanted,
        &observed(&[("default", 1)]),
        &policy(),
        expect![[r#"
        = work-pool aks
        = work-queue aks/default
    "#]],
    );
}

#[test]
fn the_template_is_shown_by_what_differs_in_it() {
    let file = "base_job_template:\n  job_configuration: {image: '{{ image }}', ttl: 5}\n  variables: {type: object, properties: {image: {type: string, default: a}}}\n";
    let wanted = wanted("{name: aks}", file);
    check(
        &wanted,
        &observed(&[("default", 1)]),
        &policy(),
        expect![[r#"
        ~ work-pool aks
            base_job_template.job_configuration.ttl: null -> 5
            base_job_template.variables.properties.image.default: null -> "a"
        {"base_job_template":{"job_configuration":{"image":"{{ image }}","ttl":5},"variables":{"type":"object","properties":{"image":{"type":"string","default":"a"}}}}}
    "#]],
    );
}

#[test]
fn a_template_without_anything_is_left_to_the_first_worker() {
    let wanted = wanted("{name: aks}", "base_job_template: {}\n");
    check(
        &wanted,
        &observed(&[]),
        &policy(),
        expect![[r#"
        = work-pool aks
    "#]],
    );
}

#[test]
fn another_type_is_refused() {
    let wanted = wanted("{name: aks}", "type: process\n");
    check(
        &wanted,
        &observed(&[]),
        &policy(),
        expect![[r#"
        ! work-pool aks: it is of type `kubernetes`, and work-pools/aks.yaml:1 declares `process`: a type cannot be changed; correct the file, or give the pool another name
    "#]],
    );
}

#[test]
fn a_pool_of_another_bundle_is_refused_with_both_names() {
    let wanted = wanted("{name: aks}", "type: kubernetes\n");
    let claims = [("aks".to_owned(), BundleId::new("team/etl").unwrap())].into();
    check(
        &wanted,
        &observed(&[]),
        &Policy { claims, ..policy() },
        expect![[r#"
        ! work-pool aks: bundle `team/etl` declares it, and bundle `sales` declares it too, at work-pools/aks.yaml:1; keep one of them, or take it over with `adopt` of a redeploy
    "#]],
    );
}

#[test]
fn what_is_pushed_back_by_a_priority_is_put_in_its_place_at_once() {
    let file = "queues: [{name: high, priority: 1}, {name: low, priority: 2}, {name: last}]\n";
    let wanted = wanted("{name: aks}", file);
    check(
        &wanted,
        &observed(&[("default", 1), ("low", 2)]),
        &policy(),
        expect![[r#"
        = work-pool aks
        + work-queue aks/high, aks/last: declared at work-pools/aks.yaml:1
        ~ work-queue aks/low
            priority: 3 -> 2
        Some("aks") {"name":"high","priority":1}
        low {"priority":2}
        Some("aks") {"name":"last"}
    "#]],
    );
}

#[test]
fn a_queue_that_is_only_named_is_made_and_a_near_miss_told() {
    let wanted = wanted("{name: aks, work_queue_name: hihg}", "queues: [{name: high}]\n");
    check(
        &wanted,
        &observed(&[("default", 1)]),
        &policy(),
        expect![[r#"
        = work-pool aks
        + work-queue aks/high: declared at work-pools/aks.yaml:1
        + work-queue aks/hihg: named by etl/daily
        Some("aks") {"name":"high"}
        Some("aks") {"name":"hihg"}
        prefect.yaml:2 work-queue: work pool `aks` has no queue `hihg`: it is made [did you mean `high`?]
    "#]],
    );
}

#[test]
fn a_missing_pool_is_made_only_where_that_is_allowed() {
    let wanted = wanted("{name: ask}", "");
    check(
        &wanted,
        &observed(&[]),
        &policy(),
        expect![[r#"
        ! work-pool ask: work pool `ask` does not exist (named by etl/daily); there are: aks; create it, declare it in work-pools/, or set SYNC_CREATE_POOLS=true
    "#]],
    );
    let allowed = Policy { create_pools: true, ..policy() };
    check(
        &wanted,
        &observed(&[]),
        &allowed,
        expect![[r#"
        + work-pool ask: type kubernetes, named by etl/daily
        {"name":"ask","type":"kubernetes","base_job_template":{"job_configuration":{"image":"{{ image }}"},"variables":{"type":"object","properties":{"image":{"type":"string"}}}}}
    "#]],
    );
}

#[test]
fn job_variables_are_those_of_the_template_that_this_plan_brings() {
    let file = "base_job_template:\n  job_configuration: {cpu: '{{ cpu }}'}\n  variables: {type: object, properties: {cpu: {type: integer}}}\n";
    let wanted = wanted("{name: aks, job_variables: {cpu: many}}", file);
    check(
        &wanted,
        &observed(&[("default", 1)]),
        &policy(),
        expect![[r#"
            ~ work-pool aks
                base_job_template.job_configuration.image: "{{ image }}" -> null
                base_job_template.job_configuration.cpu: null -> "{{ cpu }}"
                base_job_template.variables.properties.image: {"type":"string"} -> null
                base_job_template.variables.properties.cpu: null -> {"type":"integer"}
            ! deployment etl/daily: job variable `cpu` must be an integer, this is a text: work pool `aks` would not take it, at prefect.yaml:4
            {"base_job_template":{"job_configuration":{"cpu":"{{ cpu }}"},"variables":{"type":"object","properties":{"cpu":{"type":"integer"}}}}}
        "#]],
    );
}

#[test]
fn a_type_that_the_server_does_not_have_is_refused_unless_it_brings_its_template() {
    let none = Observed { pool_types: observed(&[]).pool_types, ..Observed::default() };
    let declared = wanted("{name: aks}", "type: kubernets\n");
    check(
        &declared,
        &none,
        &policy(),
        expect![[r#"
        ! work-pool aks: this server has no work pool type `kubernets`; did you mean `kubernetes`?; declare at work-pools/aks.yaml:1 one of: kubernetes
    "#]],
    );
    let unusual = Policy { pool_type: "unusual".into(), ..policy() };
    check(
        &wanted("{name: aks}", "paused: true\n"),
        &none,
        &unusual,
        expect![[r#"
        ! work-pool aks: this server has no work pool type `unusual`; set SYNC_POOL_TYPE to one of: kubernetes
    "#]],
    );
    let own =
        "type: ours\nbase_job_template: {job_configuration: {a: '1'}, variables: {type: object}}\n";
    check(
        &wanted("{name: aks}", own),
        &none,
        &policy(),
        expect![[r#"
        + work-pool aks: type ours, declared at work-pools/aks.yaml:1
        {"name":"aks","type":"ours","base_job_template":{"job_configuration":{"a":"1"},"variables":{"type":"object"}}}
    "#]],
    );
}
