//! What Prefect takes without a word though it cannot be meant.

use super::*;

/// Codes, places and messages of all that is found in `yaml` of a bundle with `files`.
fn told(yaml: &str, files: &[(&str, &str)]) -> Vec<String> {
    let all =
        [("prefect.yaml", yaml), ("flows/etl.py", FLOW)].into_iter().chain(files.iter().copied());
    let found = desired(&Tree::of_texts(all), &settings("3.9.1")).diagnostics.into_iter();
    found.map(|it| format!("{}:{} {}: {}", it.at.line, it.at.column, it.code, it.message)).collect()
}

#[test]
fn hours_without_a_time_zone_are_noted() {
    let note = "5:22 schedule-without-timezone: this schedule names no `timezone`: its hours are those of UTC";
    for cron in ["0 6 * * *", "@daily", "*/5 8-17 * * 1-5"] {
        assert_eq!(
            told(&with(&format!("  schedules: [{{cron: '{cron}'}}]\n")), &[]),
            [note],
            "{cron}"
        );
    }
    for timing in [
        "cron: '*/5 * * * *'",
        "cron: '0 */2 * * *'",
        "cron: '@hourly'",
        "interval: 60",
        "cron: '0 6 * * *', timezone: UTC",
    ] {
        assert_eq!(
            told(&with(&format!("  schedules: [{{{timing}}}]\n")), &[]),
            [""; 0],
            "{timing}"
        );
    }
}

#[test]
fn a_block_that_cannot_exist_is_named() {
    check(
        "  pull:\n  - s: {token: '{{ prefect.blocks.secret.API_KEY }}', user: '{{ prefect.blocks.secret }}', x: '{{ prefect.blocks.secret.api-key.value }}'}\n",
        expect![[r#"
            6:16 block-reference: no block can be called `secret.API_KEY` [write `prefect.blocks.TYPE.NAME`, both of lower-case letters, digits and `-`]
            6:61 block-reference: no block can be called `secret` [write `prefect.blocks.TYPE.NAME`, both of lower-case letters, digits and `-`]
        "#]],
    );
}

#[test]
fn braces_that_prefect_leaves_as_they_are_are_named() {
    check(
        "  tags: ['{{ $IMAGE | lower }}']\n  parameters: {source: '{{ x | y }}'}\n  pull:\n  - s: {a: '{{ f(x) }}', script: \"{{ .State | json }} {{ a | b }}\"}\n",
        expect![[r#"
            5:10 unmatched-placeholder: `{{ $IMAGE | lower }}` is no placeholder: Prefect leaves it as it is [only a name stands between the braces, without filters, quotes and calls]
            8:12 unmatched-placeholder: `{{ f(x) }}` is no placeholder: Prefect leaves it as it is [only a name stands between the braces, without filters, quotes and calls]
        "#]],
    );
}

#[test]
fn an_output_of_no_earlier_step_is_named() {
    check(
        "  build:\n  - b: {id: build-image}\n  pull:\n  - a: {id: clone, x: '{{ clone.directory }}'}\n  - b: {x: '{{ clone.directory }} {{ directory }}', y: '{{ clones.directory }}', z: '{{ build-image.tag }}'}\n",
        expect![[r#"
            6:5 steps-not-run: `build` steps are not run here [run them in your pipeline, and give their results by {{ $NAME }}]
            8:23 unknown-step: no step of this pull before it has the id `clone`: Prefect leaves the value out [give a step before it `id: clone`]
            9:56 unknown-step: no step of this pull before it has the id `clones`: Prefect leaves the value out [did you mean `clone`?]
            9:85 unknown-step: no step of this pull before it has the id `build-image`: Prefect leaves the value out [build and push steps are not run here: give the value by {{ $NAME }}]
        "#]],
    );
}

#[test]
fn a_path_of_one_machine_is_named_where_it_is_kept() {
    let steps = "  pull:\n  - a: {directory: /Users/ada/project}\n  - b: {directory: 'C:\\work', other: /home/ada, script: 'ls /Users/ada', opt: /opt/app}\n";
    let told = told(&with(steps), &[]);
    assert_eq!(told.len(), 3, "{told:?}");
    assert_eq!(
        told[0],
        "6:20 machine-path: workers have no `/Users/ada/project`: it is a path of one machine"
    );
    let in_image = format!(
        "deployments:\n- name: daily\n  entrypoint: flows/etl.py:etl\n  work_pool: {{name: k8s, job_variables: {{image: i}}}}\n{steps}"
    );
    assert_eq!(self::told(&in_image, &[]).len(), 2);
}

#[test]
fn two_functions_with_one_flow_name_are_named() {
    let yaml = "deployments:\n- {name: a, entrypoint: 'flows/etl.py:etl', work_pool: {name: p}}\n- {name: b, entrypoint: 'more/etl.py:etl', work_pool: {name: p}}\n- {name: c, entrypoint: './more/x/../etl.py:etl', work_pool: {name: p}}\n";
    let want = "3:3 shared-flow-name: `flows/etl.py:etl` and `more/etl.py:etl` are both the flow `etl` to Prefect";
    assert_eq!(told(yaml, &[("more/etl.py", FLOW)]), [want]);
}

#[test]
fn functions_of_two_folders_with_one_flow_name_are_named() {
    let deployed = |name: &str| {
        format!("from flow import etl\netl.deploy('{name}', work_pool_name='p', image='i:1')\n")
    };
    let again = "import sys\nsys.path.insert(0, 'a')\nfrom a.flow import etl\netl.deploy('c', work_pool_name='p', image='i:1')\n";
    let (a, b) = (deployed("a"), deployed("b"));
    let tree = |second: (&'static str, &str)| {
        let files =
            [("a/deployment.py", a.as_str()), ("a/flow.py", FLOW), ("b/flow.py", FLOW), second];
        let found = desired(&Tree::of_texts(files), &settings("3.9.1")).diagnostics;
        found.iter().map(|it| format!("{}: {}", it.at.file, it.message)).collect::<Vec<_>>()
    };
    let want = "b/deployment.py: `flow.py:etl` in `a/` and `flow.py:etl` in `b/` are both the flow `etl` to Prefect";
    assert_eq!(tree(("b/deployment.py", &b)), [want]);
    assert_eq!(tree(("deployment.py", again)), [""; 0]);
}

#[test]
fn what_a_worker_stumbles_over_is_said_once_for_all_deployments_of_a_flow() {
    let yaml = "deployments:\n- {name: a, entrypoint: 'flows/x.py:etl', work_pool: {name: p}}\n- {name: b, entrypoint: 'flows/x.py:etl', work_pool: {name: p}}\n";
    let file = format!("import prefect.orion\n{FLOW}");
    let told = told(yaml, &[("flows/x.py", &file)]);
    assert_eq!(
        told,
        ["1:8 removed-import: Prefect 3 has no `prefect.orion`: runs fail on this import"]
    );
}

#[test]
fn a_variable_that_is_not_allowed_is_one_error() {
    let told = told(
        &with(
            "  paused: '{{ $PAUSED }}'\n  schedules: [{interval: 60, timezone: '{{ $ZONE }}'}]\n",
        ),
        &[],
    );
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().all(|it| it.contains(" environment-variable: ")), "{told:?}");
}

#[test]
fn a_key_of_another_place_says_where_it_belongs() {
    check(
        "  image: i\n  cron: '0 6 * * *'\n",
        expect![[r#"
            5:3 unknown-key: `image` has no effect here [move it: `work_pool: {job_variables: {image: …}}`]
            6:3 unknown-key: `cron` has no effect here [move it into a schedule: `schedules: [{cron: …}]`]
        "#]],
    );
}

#[test]
fn what_a_worker_stumbles_over_is_said_of_flows_that_python_deploys() {
    let deployed = "from etl import etl\netl.deploy('a', work_pool_name='p', image='a:1')\netl.deploy('b', work_pool_name='p', image='a:1')\n";
    let flow = "from prefect import flow\nfrom prefect.filesystems import Azure\n\n@flow\ndef etl():\n    pass\n";
    let tree = Tree::of_texts([("jobs/deployment.py", deployed), ("jobs/etl.py", flow)]);
    let found = desired(&tree, &settings("3.9.1")).diagnostics;
    let found: Vec<_> =
        found.iter().map(|it| format!("{}:{} {}", it.at.file, it.at.line, it.code)).collect();
    assert_eq!(found, ["jobs/etl.py:2 removed-import"]);
}

#[test]
fn a_parameter_of_a_deployment_file_is_wrong_to_the_flow_where_that_is_defined() {
    let deployed = "from etl import etl\netl.deploy('a', work_pool_name='p', image='a:1', parameters={'n': 'many'})\n";
    let flow = "from prefect import flow\n\n@flow\ndef etl(n: int = 1):\n    pass\n";
    let tree = Tree::of_texts([("jobs/deployment.py", deployed), ("jobs/etl.py", flow)]);
    let found = desired(&tree, &settings("3.9.1")).diagnostics;
    let found: Vec<_> = found.iter().map(|it| (it.code, it.hint.as_deref())).collect();
    assert_eq!(found, [("parameter", Some("the flow is at jobs/etl.py:4"))]);
}

#[test]
fn packages_are_asked_for_beside_a_deployment_file_where_no_image_brings_them() {
    let flow = format!("import pandas\n{FLOW}");
    let codes = |file: &str| {
        let tree = Tree::of_texts([("jobs/deployment.py", file), ("jobs/flow.py", &flow)]);
        let settings = Settings { default_pool: Some("p".into()), ..settings("3.9.1") };
        let found = desired(&tree, &settings).diagnostics.into_iter();
        found.filter(|it| it.at.file == "jobs/flow.py").map(|it| it.code).collect::<Vec<_>>()
    };
    let deploy = |with: &str| {
        codes(&format!("from flow import etl\netl.deploy('a', work_pool_name='p'{with})\n"))
    };
    assert_eq!(deploy(""), ["requirements-missing"]);
    assert_eq!(deploy(", image='a:1', build=False"), [""; 0]);
    assert_eq!(deploy(", job_variables={'image': 'a:1'}"), [""; 0]);
    let legacy = "from prefect.deployments import Deployment\nfrom flow import etl\nDeployment.build_from_flow(etl, 'a', infra_overrides={'image': 'a:1'}).apply()\n";
    assert_eq!(codes(legacy), ["requirements-missing"]);
}

#[test]
fn a_flow_that_is_not_in_the_bundle_is_named_where_the_call_takes_a_name() {
    let hint = |made: &str| {
        let out = agents::of_file(made, &settings("2.20.27"));
        let found = out.diagnostics.iter().find(|it| it.code == "flow-not-found").unwrap();
        found.hint.clone().unwrap_or_default()
    };
    let source = "from prefect import flow\nflow.from_source('https://example.com/a.git', 'far/away.py:etl').deploy('a', work_pool_name='p')";
    assert_eq!(
        hint(source),
        "put its file into the bundle, at the place that the entrypoint names"
    );
    let made = "Deployment(name='a', entrypoint='far/away.py:etl').apply()";
    assert_eq!(hint(made), "put its file into the bundle, or state `flow_name`");
}
