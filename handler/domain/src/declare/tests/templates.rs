//! Placeholders.

use super::*;

#[test]
fn an_environment_variable_that_is_not_allowed_is_an_error_at_its_place() {
    check(
        "  description: 'for {{ $IMAG }}'\n",
        expect![[r#"
        5:16 environment-variable: environment variable `IMAG` is not allowed or has no value; did you mean `IMAGE`? [the operator allows it with SYNC_ENV=IMAG (or `--env IMAG=VALUE`)]
    "#]],
    );
}

#[test]
fn variables_keep_their_type_when_alone() {
    let out = read(
        &with(
            "  parameters: {limit: '{{ prefect.variables.limit }}', source: 's{{ prefect.variables.limit }}'}\n",
        ),
        "3.9.1",
    );
    assert_eq!(out.deployments[0].fields[&Field::Parameters], json!({"limit": 7, "source": "s7"}));
}

#[test]
fn a_block_stays_in_job_variables_and_is_an_error_elsewhere() {
    let yaml = "deployments:\n- name: daily\n  entrypoint: flows/etl.py:etl\n  work_pool: {name: k8s, job_variables: {key: '{{ prefect.blocks.secret.k }}'}}\n";
    let out = read(yaml, "3.9.1");
    assert_eq!(out.diagnostics, []);
    assert_eq!(
        out.deployments[0].fields[&Field::JobVariables],
        json!({"key": "{{ prefect.blocks.secret.k }}"})
    );
    check(
        "  description: '{{ prefect.blocks.secret.k }}'\n",
        expect![[r#"
        5:16 block-in-plain-field: a block cannot be used here: its secret would be stored in plain text in the deployment [blocks can be used in `pull` and in `job_variables`, where the worker resolves them]
    "#]],
    );
}

#[test]
fn a_variable_that_the_server_does_not_have_is_an_error_with_the_near_miss() {
    check(
        "  parameters: {limit: '{{ prefect.variables.limits }}'}\n",
        expect![[r#"
        5:23 unknown-variable: the server has no variable `limits`; did you mean `limit`? [`prefect variable set limits VALUE`]
    "#]],
    );
}

#[test]
fn the_braces_of_a_placeholder_may_stand_inside_braces() {
    let out = read(&with("  description: '{{{ $IMAGE }}} {{ a b }} {{$IMAGE}}'\n"), "3.9.1");
    assert_eq!(out.deployments[0].fields[&Field::Description], json!("{img:1} {{ a b }} img:1"));
}

#[test]
fn without_a_server_what_waits_for_a_variable_is_not_judged() {
    let fields = "  paused: '{{ prefect.variables.p }}'\n  concurrency_limit: '{{ prefect.variables.c }}'\n  schedules:\n  - {cron: '{{ prefect.variables.cron }}', timezone: '{{ prefect.variables.zone }}', active: '{{ prefect.variables.on }}'}\n  - {interval: '{{ prefect.variables.i }}'}\n  - {rrule: '{{ prefect.variables.r }}'}\n";
    let yaml = with(fields);
    let tree = Tree::of_texts([("prefect.yaml", yaml.as_str()), ("flows/etl.py", FLOW)]);
    let out = desired(&tree, &Settings { variables: None, ..settings("3.9.1") });
    assert!(
        out.diagnostics.iter().all(|it| it.code == "variable-not-read"),
        "{:?}",
        out.diagnostics
    );
    assert_eq!(out.deployments.len(), 1);
}
