//! What declarations of Prefect 2 give their flow.

use expect_test::expect;

use super::agents::of_file;
use super::built::{BUILT, PROCESS, of};
use super::*;

#[test]
fn what_a_built_file_gives_its_flow_is_checked_against_the_flow() {
    let text = BUILT.replace("NODE", PROCESS).replace("flow_name: etl", "flow_name: other");
    let text = text.replace("parameters: {limit: 3}", "parameters: {limit: many, limt: 3}");
    let found = |version: &str, text: &str| {
        let settings = Settings { default_pool: Some("p".to_owned()), ..settings(version) };
        let out = of(text, &settings);
        let shown = out.diagnostics.iter().map(|it| {
            let severity = it.severity.word();
            format!("{severity} {}:{} {}: {}\n", it.at.line, it.at.column, it.code, it.message)
        });
        shown.collect::<String>()
    };
    expect![[r#"
        error 7:21 parameter: parameter `limit` must be an integer, this is a text
        warning 7:27 unknown-parameter: flow `etl` has no parameter `limt`, its runs will fail
        warning 17:12 stale-flow-name: `flow.py:etl` is the flow `etl`, and its runs are those of `other`
    "#]]
    .assert_eq(&found("3.9.1", &text));
    expect![[r#"
        warning 7:21 parameter: parameter `limit` must be an integer, this is a text
        warning 7:27 unknown-parameter: flow `etl` has no parameter `limt`, its runs will fail
        warning 17:12 stale-flow-name: `flow.py:etl` is the flow `etl`, and its runs are those of `other`
    "#]]
    .assert_eq(&found("2.20.27", &text));
}

#[test]
fn a_schedule_of_a_built_file_that_cannot_start_its_flow_is_told() {
    let flow = "from prefect import flow\n\n@flow\ndef etl(day: str):\n    pass\n";
    let file = "name: daily\nflow_name: etl\nentrypoint: flow.py:etl\nschedule: {cron: 0 6 * * *, timezone: UTC}\n";
    let found = |text: &str| {
        let tree = Tree::of_texts([("daily-deployment.yaml", text), ("flow.py", flow)]);
        let found = desired(&tree, &settings("2.20.27")).diagnostics;
        found.iter().map(|it| (it.at.line, it.code)).collect::<Vec<_>>()
    };
    assert_eq!(found(file), [(4, "missing-parameter")]);
    assert_eq!(found(&format!("{file}is_schedule_active: false\n")), []);
    assert_eq!(found(&format!("{file}parameters: {{day: monday}}\n")), []);
}

#[test]
fn only_what_the_server_checks_is_refused_of_a_deployment_file() {
    let found = |made: &str, version: &str| {
        let out = of_file(made, &Settings { default_pool: Some("p".into()), ..settings(version) });
        let found = out.diagnostics.iter().filter(|it| it.code == "parameter");
        found.map(|it| it.severity.word()).collect::<Vec<_>>()
    };
    let built = "Deployment.build_from_flow(etl, 'a', parameters={'n': 'x'}).apply()";
    let made = "Deployment(name='a', flow_name='etl', entrypoint='flow.py:etl', parameters={'n': 'x'}).apply()";
    assert_eq!(found(built, "3.9.1"), ["error"]);
    assert_eq!(found(built, "2.20.27"), ["warning"]);
    assert_eq!(found(made, "3.9.1"), ["warning"]);
}

#[test]
fn what_a_call_gives_is_wrong_where_it_stands() {
    let places = |made: &str| {
        let out = of_file(made, &Settings { default_pool: Some("p".into()), ..settings("3.9.1") });
        let found = out.diagnostics.iter().map(|it| (it.at.line, it.at.column, it.code));
        found.collect::<Vec<_>>()
    };
    for (made, want) in [
        ("etl.deploy('a', cron='61 * * * *', work_pool_name='p', image='i:1')", (5, 22, "cron")),
        ("etl.deploy('a', interval=[60, 0], image='i:1')", (5, 31, "interval")),
        (
            "etl.deploy('a', image='i:1', schedules=[{'interval': 60},\n  {'cron': 'x'}])",
            (6, 12, "cron"),
        ),
        (
            "etl.deploy('a', image='i:1', parameters={'n': 1,\n  'm': 2})",
            (6, 3, "unknown-parameter"),
        ),
        ("etl.deploy('a', image='i:1', parameters=dict(n='x'))", (5, 48, "parameter")),
        (
            "from prefect.client.schemas.schedules import CronSchedule\nd = Deployment.build_from_flow(etl, 'a',\n  schedule=CronSchedule(cron='x'))\nd.apply()",
            (7, 30, "cron"),
        ),
        ("rule = 'x * * * *'\netl.to_deployment('a',\n  cron=rule).apply()", (7, 8, "cron")),
    ] {
        assert_eq!(places(made), [want], "{made}");
    }
    let unpacked = "more = {'cron': '61 * * * *'}\netl.deploy('a', image='i:1', **more)";
    assert_eq!(places(unpacked), [(6, 1, "cron")]);
}

#[test]
fn nothing_is_said_of_the_parameters_of_a_flow_that_is_not_in_the_bundle() {
    let made = "Deployment(name='a', flow_name='f', entrypoint='far/away.py:f', storage=GitHub.load('x'), parameters={'n': 1}).apply()";
    let found = of_file(made, &settings("2.20.27")).diagnostics;
    assert_eq!(found, []);
}
