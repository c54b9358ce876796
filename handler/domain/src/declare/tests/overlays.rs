//! What an overlay makes of deployments, and what is said about one that is wrong.

use std::fmt::Write as _;

use super::*;

const PROJECT: &str = "deployments:
- name: daily
  entrypoint: flows/etl.py:etl
  parameters: {source: raw}
  tags: [a, b]
  schedules: [{cron: '0 6 * * *', timezone: UTC}]
  work_pool: {name: dev, work_queue_name: q, job_variables: {image: 'etl:dev', env: {A: '1', B: '2'}}}
- name: hourly
  entrypoint: flows/etl.py:etl
  work_pool: {name: dev}
";

fn with_overlay(overlay: &str, change: fn(&mut Settings)) -> Desired {
    let files =
        [("prefect.yaml", PROJECT), ("flows/etl.py", FLOW), ("overlays/prod.yaml", overlay)];
    let mut settings = settings("3.9.1");
    settings.overlay = Some("prod".to_owned());
    change(&mut settings);
    desired(&Tree::of_texts(files), &settings)
}

/// The fields that an overlay may change, then the findings.
fn check_overlay(overlay: &str, want: Expect) {
    let out = with_overlay(overlay, |_| {});
    let fields = [
        Field::WorkPool,
        Field::WorkQueue,
        Field::JobVariables,
        Field::Parameters,
        Field::Tags,
        Field::Paused,
    ];
    let mut text = String::new();
    for it in &out.deployments {
        let values = fields.iter().map(|field| it.fields[field].to_string());
        let schedules = it.schedules.iter().flatten().map(|it| it.timing.to_json().to_string());
        let all: Vec<String> = values.chain(schedules).collect();
        let _infallible = writeln!(text, "{} {}", it.name, all.join(" "));
    }
    for it in &out.diagnostics {
        let (at, hint) = (&it.at, it.hint.as_deref().unwrap_or_default());
        let (file, line, column) = (&at.file, at.line, at.column);
        let (code, message) = (it.code, &it.message);
        let _infallible = writeln!(text, "{file}:{line}:{column} {code}: {message} [{hint}]");
    }
    want.assert_eq(&text);
}

#[test]
fn without_one_the_declarations_count() {
    check_overlay(
        "",
        expect![[r#"
        daily "dev" "q" {"image":"etl:dev","env":{"A":"1","B":"2"}} {"source":"raw"} ["a","b"] false {"cron":"0 6 * * *","day_or":true,"timezone":"UTC"}
        hourly "dev" null {} {} [] false
    "#]],
    );
}

#[test]
fn everything_that_an_environment_may_change_is_changed() {
    check_overlay(
        "default: {image: 'etl:prod', add_tags: [prod]}
deployments:
  daily:
    work_pool: aks-prod
    work_queue: high
    parameters: {limit: 5}
    job_variables: {env: {B: '3', C: '{{ $IMAGE }}'}}
    schedules: [{cron: '0 7 * * *', timezone: Europe/Berlin}]
    tags: [b, c]
    paused: true
  etl/h*: {active: false}
",
        expect![[r#"
            daily "aks-prod" "high" {"image":"etl:prod","env":{"A":"1","B":"3","C":"img:1"}} {"source":"raw","limit":5} ["b","c"] true {"cron":"0 7 * * *","day_or":true,"timezone":"Europe/Berlin"}
            hourly "dev" null {"image":"etl:prod"} {} ["prod"] true
        "#]],
    );
}

#[test]
fn a_later_entry_wins() {
    check_overlay(
        "deployments:\n  '*': {work_pool: a}\n  hourly: {work_pool: b}\n",
        expect![[r#"
        daily "a" "q" {"image":"etl:dev","env":{"A":"1","B":"2"}} {"source":"raw"} ["a","b"] false {"cron":"0 6 * * *","day_or":true,"timezone":"UTC"}
        hourly "b" null {} {} [] false
    "#]],
    );
}

#[test]
fn what_is_unknown_is_an_error_and_nothing_is_registered() {
    check_overlay(
        "defaults: {}\ndeployments: {daly: {work_pol: x}}\n",
        expect![[r#"
        overlays/prod.yaml:1:1 overlay: an overlay has no key `defaults` [did you mean `default`?]
        overlays/prod.yaml:2:15 overlay-name: `daly` is no deployment of this bundle [did you mean `daily`?]
        overlays/prod.yaml:2:22 overlay: `daly` has no key `work_pol` [did you mean `work_pool`?]
    "#]],
    );
    check_overlay(
        "deployments: {daly: {work_pool: x}}\n",
        expect![[r#"
        overlays/prod.yaml:1:15 overlay-name: `daly` is no deployment of this bundle [did you mean `daily`?]
    "#]],
    );
    check_overlay(
        "deployments: [daily]\n",
        expect![[r#"
        overlays/prod.yaml:1:14 overlay: `deployments` must be a mapping, this is a list [write `deployments: {name: {image: …}}`]
    "#]],
    );
    check_overlay(
        "default: {paused: 2, active: true, tags: x, image: [a]}\n",
        expect![[r#"
        overlays/prod.yaml:1:19 overlay: `paused` must be true or false, this is `2` []
        overlays/prod.yaml:1:42 overlay: tags must be a list, this is `x` []
        overlays/prod.yaml:1:52 overlay: `image` must be a text, this is a list []
    "#]],
    );
}

#[test]
fn what_it_gives_is_checked_as_what_is_declared() {
    check_overlay(
        "deployments: {daily: {parameters: {limt: 1, limit: many}}}\n",
        expect![[r#"
        overlays/prod.yaml:1:36 unknown-parameter: flow `etl` has no parameter `limt`, its runs will fail [did you mean `limit`?]
        overlays/prod.yaml:1:52 parameter: parameter `limit` must be an integer, this is a text [the flow is at flows/etl.py:4]
    "#]],
    );
    check_overlay(
        "deployments: {daily: {schedules: [{cron: '99 * * * *'}]}}\n",
        expect![[r#"
        overlays/prod.yaml:1:42 cron: invalid cron string: `99` is no minute []
    "#]],
    );
    check_overlay(
        "default: {image: '{{ $NONE }}'}\n",
        expect![[r#"
        overlays/prod.yaml:1:18 environment-variable: environment variable `NONE` is not allowed or has no value [the operator allows it with SYNC_ENV=NONE (or `--env NONE=VALUE`)]
    "#]],
    );
}

#[test]
fn one_that_is_not_there_is_told_where_there_are_others() {
    let out = with_overlay("", |it| it.overlay = Some("prdo".to_owned()));
    let told: Vec<_> = out.diagnostics.iter().map(|it| (it.code, it.hint.as_deref())).collect();
    assert_eq!(told, [("overlay-missing", Some("there are: prod; did you mean `prod`?"))]);
    let tree = Tree::of_texts([("prefect.yaml", PROJECT), ("flows/etl.py", FLOW)]);
    let out = desired(&tree, &Settings { overlay: Some("prod".into()), ..settings("3.9.1") });
    assert_eq!(out.diagnostics, []);
}

#[test]
fn one_that_is_not_in_force_is_not_read() {
    let out = with_overlay("x: [", |it| it.overlay = None);
    assert_eq!((out.deployments.len(), out.diagnostics.len()), (2, 0));
}

#[test]
fn a_queue_counts_for_what_was_written_for_agents_too() {
    let file = "from prefect.deployments import Deployment\nfrom flow import etl\nDeployment.build_from_flow(etl, 'daily').apply()\n";
    let flow = "from prefect import flow\n\n@flow\ndef etl():\n    pass\n";
    let overlay = "default: {work_pool: k8s, work_queue: high}\n";
    let files = [("x.deployment.py", file), ("flow.py", flow), ("overlays/prod.yaml", overlay)];
    let settings = Settings { overlay: Some("prod".to_owned()), ..settings("3.9.1") };
    let it = desired(&Tree::of_texts(files), &settings).deployments.remove(0);
    assert_eq!(it.fields[&Field::WorkQueue], "high");
    assert_eq!(it.registered.get(&Field::WorkQueue), None, "else none would be registered");
}

#[test]
fn the_mark_of_a_bundle_is_no_tag_for_a_declaration() {
    check_overlay(
        "deployments: {daily: {add_tags: ['bundle:eu/west', 'bundle:ok', 'my-bundle:eu/west']}}",
        expect![[r#"
            daily "dev" "q" {"image":"etl:dev","env":{"A":"1","B":"2"}} {"source":"raw"} ["a","b","bundle:eu/west","bundle:ok","my-bundle:eu/west"] false {"cron":"0 6 * * *","day_or":true,"timezone":"UTC"}
            hourly "dev" null {} {} [] false
            prefect.yaml:2:3 reserved-tag: deployment `etl/daily` has the tag `bundle:eu/west`, which says that a bundle owns it [spell the tag another way]
        "#]],
    );
}

#[test]
fn agents_heed_an_image_only_with_an_infrastructure() {
    let file = "from prefect.deployments import Deployment\nfrom flow import etl\nDeployment.build_from_flow(etl, 'daily').apply()\n";
    let flow = "from prefect import flow\n\n@flow\ndef etl():\n    pass\n";
    let overlay = "default: {image: a}\n";
    let files = [("x.deployment.py", file), ("flow.py", flow), ("overlays/prod.yaml", overlay)];
    let two = Settings { overlay: Some("prod".into()), ..settings("2.20.27") };
    let out = desired(&Tree::of_texts(files), &two);
    let errors: Vec<_> = out.diagnostics.iter().map(|it| it.code).collect();
    assert_eq!((errors, out.deployments.len()), (vec!["overlay"], 0));
}

#[test]
fn one_environment_has_one_overlay() {
    let files = [
        ("prefect.yaml", PROJECT),
        ("flows/etl.py", FLOW),
        ("overlays/prod.yaml", "default: {work_pool: p1}\n"),
        ("overlays/prod.yml", "default: {work_pool: p2}\n"),
    ];
    let settings = Settings { overlay: Some("prod".to_owned()), ..settings("3.9.1") };
    let out = desired(&Tree::of_texts(files), &settings);
    let found: Vec<String> = out.diagnostics.iter().map(|it| it.message.clone()).collect();
    let want = "there are two overlays `prod`: overlays/prod.yaml and overlays/prod.yml";
    assert!(found.iter().any(|it| it == want), "{found:?}");
    assert_eq!(out.deployments, []);
}

#[test]
fn a_name_that_no_server_takes_is_told_wherever_it_is_from() {
    check_overlay(
        "deployments:\n  etl/hourly: {work_pool: 'aks/eu', work_queue: 'a%b'}\n",
        expect![[r#"
            daily "dev" "q" {"image":"etl:dev","env":{"A":"1","B":"2"}} {"source":"raw"} ["a","b"] false {"cron":"0 6 * * *","day_or":true,"timezone":"UTC"}
            hourly "aks/eu" "a%b" {} {} [] false
            prefect.yaml:8:3 work-pool-name: `aks/eu` is no name of a work pool [it must not have `/`, `%`, `&`, `>` or `<`]
            prefect.yaml:8:3 work-pool-name: `a%b` is no name of a work queue [it must not have `/`, `%`, `&`, `>` or `<`]
        "#]],
    );
}
