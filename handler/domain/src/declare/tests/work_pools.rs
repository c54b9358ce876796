//! What files in `work-pools/` become, and what is said about one that is wrong.

use super::*;
use crate::desired::Pool;

fn of(files: &[(&str, &str)]) -> Desired {
    let settings = settings("3.9.1");
    desired(&Tree::of_texts(files.iter().copied()), &settings)
}

/// The pools, then the findings.
fn check_files(files: &[(&str, &str)], want: Expect) {
    let out = of(files);
    let pool = |it: &Pool| {
        let queues = it.queues.iter().map(|it| format!("  {} {}\n", it.name, json!(it.fields)));
        let queues: String = queues.collect();
        format!("{} {:?} {}\n{queues}", it.name, it.r#type, json!(it.fields))
    };
    let pools: String = out.pools.iter().map(pool).collect();
    let found = out.diagnostics.iter().map(|it| {
        let (at, hint) = (&it.at, it.hint.as_deref().unwrap_or_default());
        let (file, line, column) = (&at.file, at.line, at.column);
        format!("{file}:{line}:{column} {}: {} [{hint}]\n", it.code, it.message)
    });
    want.assert_eq(&(pools + &found.collect::<String>()));
}

fn check_pool(text: &str, want: Expect) {
    check_files(&[("work-pools/aks.yaml", text)], want);
}

const TEMPLATE: &str = r#"{"job_configuration": {"image": "{{ image }}"},
"variables": {"type": "object", "properties": {"image": {"type": "string"}}}}"#;

#[test]
fn a_pool_has_the_name_of_its_file_and_only_what_is_written() {
    check_pool(
        "type: kubernetes\nconcurrency_limit: 10\npaused: false\nqueues:\n- {name: low}\n- {name: high, priority: 1, concurrency_limit: null, description: fast}\n",
        expect![[r#"
            aks Some("kubernetes") {"concurrency_limit":10,"is_paused":false}
              high {"concurrency_limit":null,"description":"fast","priority":1}
              low {}
        "#]],
    );
    check_pool(
        "name: other\ndescription: '{{ $IMAGE }}'\n",
        expect![[r#"
        other None {"description":"img:1"}
    "#]],
    );
}

#[test]
fn a_file_may_have_a_list() {
    check_pool(
        "- {name: a, type: process}\n- {name: b}\n",
        expect![[r#"
        a Some("process") {}
        b None {}
    "#]],
    );
    check_pool(
        "- {type: process}\n",
        expect![[r#"
        work-pools/aks.yaml:1:3 work-pool-file: a work pool of a list needs a `name` []
    "#]],
    );
}

#[test]
fn a_template_may_lie_in_a_file() {
    let yaml = "base_job_template: {file: ./templates/k8s.json}\n";
    check_files(
        &[("work-pools/aks.yaml", yaml), ("work-pools/templates/k8s.json", TEMPLATE)],
        expect![[r#"
            aks None {"base_job_template":{"job_configuration":{"image":"{{ image }}"},"variables":{"type":"object","properties":{"image":{"type":"string"}}}}}
        "#]],
    );
    check_pool(
        yaml,
        expect![[r#"
        work-pools/aks.yaml:1:27 pool-template: `work-pools/templates/k8s.json` cannot be read: the bundle has no such file []
    "#]],
    );
    check_pool(
        "base_job_template: {file: ../../x.json}\n",
        expect![[r#"
        work-pools/aks.yaml:1:27 pool-template: `../../x.json` leads out of the bundle []
    "#]],
    );
}

#[test]
fn an_unknown_key_is_an_error_with_the_one_that_was_meant() {
    check_pool(
        "concurency_limit: 1\nqueues: [{name: a, prio: 1}]\n",
        expect![[r#"
        work-pools/aks.yaml:1:1 work-pool-file: a work pool has no key `concurency_limit` [did you mean `concurrency_limit`?]
        work-pools/aks.yaml:2:20 work-pool-file: a queue has no key `prio` [did you mean `priority`?]
    "#]],
    );
}

#[test]
fn a_value_of_another_type_is_an_error() {
    check_pool(
        "concurrency_limit: -1\npaused: maybe\ntype: 3\nqueues: [{priority: 0}, {name: a, priority: 0}]\n",
        expect![[r#"
            work-pools/aks.yaml:1:20 work-pool-file: `concurrency_limit` must be a whole number from 0, this is `-1` []
            work-pools/aks.yaml:2:9 work-pool-file: `paused` must be true or false, this is `maybe` []
            work-pools/aks.yaml:3:7 work-pool-file: `type` must be a text, this is `3` []
            work-pools/aks.yaml:4:10 work-pool-file: a queue needs a `name` []
            work-pools/aks.yaml:4:45 work-pool-file: `priority` must be a whole number from 1, this is `0` []
        "#]],
    );
    check_pool(
        "name: prefect-pool\n",
        expect![[r#"
        work-pools/aks.yaml:1:7 work-pool-file: `prefect-pool` is no name of a work pool: it must not have `/`, `%`, `&`, `>` or `<`, nor start with `prefect` []
    "#]],
    );
    check_pool(
        "hello\n",
        expect![[r#"
        work-pools/aks.yaml:1:1 work-pool-file: a work pool must be a mapping, this is `hello` []
    "#]],
    );
}

#[test]
fn a_priority_is_that_of_one_queue() {
    check_pool(
        "queues: [{name: a, priority: 1}, {name: b, priority: 1}, {name: a}]\n",
        expect![[r#"
        work-pools/aks.yaml:1:34 work-pool-file: queue `b` has the priority of `a` [give each queue of a pool a priority of its own: the server does, too]
        work-pools/aks.yaml:1:58 work-pool-file: queue `a` is declared in line 1, too [keep one of them]
    "#]],
    );
}

#[test]
fn a_template_that_the_server_would_refuse_is_told_at_its_place() {
    check_pool(
        "base_job_template:\n  job_configuration:\n    image: '{{ imgae }}'\n    env: ['{{ prefect.blocks.secret.x }}', '{{ other }}']\n  variables:\n    type: object\n    properties:\n      image: {type: string, default: 1}\n",
        expect![[r#"
            work-pools/aks.yaml:3:12 pool-template: `{{ imgae }}` is no variable of the template [did you mean `{{ image }}`?]
            work-pools/aks.yaml:4:10 pool-template: `{{ other }}` is no variable of the template []
            work-pools/aks.yaml:8:38 pool-template: the default of variable `image` must be a text, this is a number []
        "#]],
    );
    check_pool(
        "base_job_template: {variables: {}}\n",
        expect![[r#"
        work-pools/aks.yaml:1:20 pool-template: the template needs `job_configuration` and `variables`, both not empty []
    "#]],
    );
}

#[test]
fn a_pool_is_declared_once() {
    check_files(
        &[("work-pools/a.yaml", "name: aks\n"), ("work-pools/b.yml", "name: aks\n")],
        expect![[r#"
            aks None {}
            aks None {}
            work-pools/b.yml:1:1 duplicate-pool: work pool `aks` is declared twice, here and at work-pools/a.yaml:1 [keep one of them]
        "#]],
    );
}

#[test]
fn what_lies_elsewhere_declares_no_pool() {
    let out = of(&[("work-pools/deep/a.yaml", "x: 1\n"), ("a/work-pools/b.yaml", "x: 1\n")]);
    assert_eq!(out.pools, []);
    assert_eq!(out.diagnostics.iter().map(|it| it.code).collect::<Vec<_>>(), ["no-declaration"]);
}

#[test]
fn what_is_wrong_with_a_template_hides_nothing_of_the_queues() {
    check_pool(
        "base_job_template: {variables: {}}\nqueues: [{nam: high}, {name: low, priority: 0}]\n",
        expect![[r#"
            work-pools/aks.yaml:1:20 pool-template: the template needs `job_configuration` and `variables`, both not empty []
            work-pools/aks.yaml:2:10 work-pool-file: a queue needs a `name` []
            work-pools/aks.yaml:2:11 work-pool-file: a queue has no key `nam` [did you mean `name`?]
            work-pools/aks.yaml:2:45 work-pool-file: `priority` must be a whole number from 1, this is `0` []
        "#]],
    );
}
