//! Parameters against the flow's schema.

use serde_json::Value;

use super::super::schema;
use super::*;

/// Which of `values` (and why) the server takes otherwise than we do, for the first property of `schema`.
fn disagreements(schema: &Value, values: &[Value], accepted: &str) -> Vec<String> {
    let (name, _) = schema["properties"].as_object().unwrap().iter().next().unwrap();
    let pairs = values.iter().zip(accepted.chars());
    let wrong = pairs.filter_map(|(value, accepted)| {
        let faults = schema::faults(&json!({name: value}), schema);
        let ours = faults.iter().all(|it| it.kind == schema::Kind::Missing);
        (ours != (accepted == '1')).then(|| format!("{value}: {faults:?}"))
    });
    wrong.collect()
}

/// What real servers said to each value, as measured with their own `DeploymentCreate`.
fn compare(version: &str, golden: &str) -> String {
    let table: Value = serde_json::from_str(include_str!("accepted.json")).unwrap();
    let golden: Value = serde_json::from_str(golden).unwrap();
    let values = table["values"].as_array().unwrap();
    let known = table["golden"][version].as_object().unwrap().iter();
    let known = known.map(|(name, row)| (name, &golden[name]["schema"], row));
    let others = table["others"][version].as_object().unwrap().iter();
    let others = others.map(|(name, row)| (name, &row["schema"], &row["accepted"]));
    let rows = known.chain(others).flat_map(|(name, schema, accepted)| {
        let wrong = disagreements(schema, values, accepted.as_str().unwrap());
        wrong.into_iter().map(move |it| format!("{name} {it}\n"))
    });
    rows.collect()
}

#[test]
fn values_are_taken_and_refused_as_by_prefect_3_9() {
    let out = compare("3.9.1", include_str!("../../python/golden/3.9.1.json"));
    expect![[""]].assert_eq(&out);
}

#[test]
fn values_are_taken_and_refused_as_by_prefect_2_20() {
    let out = compare("2.20.27", include_str!("../../python/golden/2.20.27.json"));
    expect![[r#"
        PositiveInt 1: []
        PositiveInt 1.0: []
        PositiveInt 6: []
        PositiveInt 9007199254740993: []
        PositiveInt 1e+300: []
        between 1: []
        between 1.0: []
        between 1.5: []
    "#]]
    .assert_eq(&out);
}

const KINDS: &str = "from typing import List, Literal, Optional\nfrom prefect import flow\nfrom pydantic import BaseModel\n\nclass Conf(BaseModel):\n    size: int\n    mode: Literal['fast', 'slow'] = 'fast'\n\n@flow\ndef etl(conf: Conf, limit: int = 1, share: Optional[float] = None, names: List[str] = []):\n    pass\n";

/// The findings of one deployment of [`KINDS`], with their severity.
fn kinds(fields: &str, version: &str, want: Expect) {
    let yaml = with(fields);
    let tree = Tree::of_texts([("prefect.yaml", yaml.as_str()), ("flows/etl.py", KINDS)]);
    let found = desired(&tree, &settings(version)).diagnostics.into_iter();
    let lines = found.map(|it| {
        let hint = it.hint.map(|it| format!(" [{it}]")).unwrap_or_default();
        format!("{}:{} {:?} {}{hint}\n", it.at.line, it.at.column, it.severity, it.message)
    });
    want.assert_eq(&lines.collect::<String>());
}

#[test]
fn every_parameter_of_a_wrong_type_is_an_error_at_its_value() {
    let yaml = "  parameters:\n    conf: {size: big, mode: medium}\n    limit: '7'\n    share: [1]\n    names:\n    - a\n    - 1\n";
    kinds(
        yaml,
        "3.9.1",
        expect![[r#"
        6:18 Error parameter `conf.size` must be an integer, this is a text [the flow is at flows/etl.py:10]
        6:29 Error parameter `conf.mode` must be one of `fast`, `slow` [the flow is at flows/etl.py:10]
        7:12 Error parameter `limit` must be an integer, this is a text [write it without quotes]
        8:12 Error parameter `share` must be a number or null, this is a list [the flow is at flows/etl.py:10]
        11:7 Error parameter `names[1]` must be a text, this is a number [the flow is at flows/etl.py:10]
    "#]],
    );
}

#[test]
fn what_the_server_does_not_enforce_is_a_warning() {
    kinds(
        "  parameters: {limit: many}\n",
        "2.20.27",
        expect![[r#"
        5:23 Warning parameter `limit` must be an integer, this is a text [the flow is at flows/etl.py:10]
    "#]],
    );
    let off = "  enforce_parameter_schema: false\n  parameters: {limit: many}\n";
    kinds(
        off,
        "3.9.1",
        expect![[r#"
        6:23 Warning parameter `limit` must be an integer, this is a text [the flow is at flows/etl.py:10]
    "#]],
    );
    kinds(
        &off.replace("false", "true"),
        "2.20.27",
        expect![[r#"
        6:23 Error parameter `limit` must be an integer, this is a text [the flow is at flows/etl.py:10]
    "#]],
    );
}

#[test]
fn a_parameter_that_a_run_will_not_find_is_a_warning() {
    kinds(
        "  parameters: {limits: 1, conf: {}}\n",
        "3.9.1",
        expect![[r#"
        5:16 Warning flow `etl` has no parameter `limits`, its runs will fail [did you mean `limit`?]
        5:33 Warning parameter `conf` has no `size` [the flow is at flows/etl.py:10]
    "#]],
    );
}

#[test]
fn a_schedule_whose_runs_cannot_start_is_told() {
    let yaml = "  schedules:\n  - {cron: '6 * * * *', parameters: {limit: many, conf: {size: 1}}}\n  - {cron: '7 * * * *', parameters: {limit: '7'}}\n  - {cron: '8 * * * *', active: false}\n";
    kinds(
        yaml,
        "3.9.1",
        expect![[r#"
        6:45 Error parameter `limit` must be an integer, this is a text [the flow is at flows/etl.py:10]
        7:5 Warning flow `etl` cannot start on this schedule: nothing gives its parameter `conf` [add it to `parameters` of the deployment or of the schedule, or give it a default]
        7:45 Warning parameter `limit` must be an integer, this is a text [write it without quotes]
    "#]],
    );
    kinds(
        &format!("{yaml}  paused: true\n"),
        "2.20.27",
        expect![[r#"
        6:25 Warning this server has no `parameters` of a schedule (3.2 and later); it is left out
        7:25 Warning this server has no `parameters` of a schedule (3.2 and later); it is left out
    "#]],
    );
}

#[test]
fn what_is_known_only_later_is_not_checked() {
    let yaml = "  parameters: {limit: '{{ prefect.variables.limit }}', share: {__prefect_kind: json, value: '1'}}\n";
    let yaml = with(yaml);
    let tree = Tree::of_texts([("prefect.yaml", yaml.as_str()), ("flows/etl.py", KINDS)]);
    let offline = Settings { variables: None, ..settings("3.9.1") };
    let found = desired(&tree, &offline).diagnostics;
    assert_eq!(found.iter().map(|it| it.code).collect::<Vec<_>>(), ["variable-not-read"]);
}

#[test]
fn a_value_from_the_environment_is_a_text() {
    kinds(
        "  parameters: {limit: '{{ $IMAGE }}', share: '{{ prefect.variables.limit }}'}\n",
        "3.9.1",
        expect![[r#"
            5:23 Error parameter `limit` must be an integer, this is a text [the flow is at flows/etl.py:10]
        "#]],
    );
}

#[test]
fn a_schema_that_prefect_2_cannot_enforce_is_an_error_there() {
    let flow = "from prefect import flow\nfrom pydantic import PositiveInt\n\n@flow\ndef etl(limit: PositiveInt = 1):\n    pass\n";
    let yaml = with("  enforce_parameter_schema: true\n");
    let tree = Tree::of_texts([("prefect.yaml", yaml.as_str()), ("flows/etl.py", flow)]);
    let code =
        |version: &str| desired(&tree, &settings(version)).diagnostics.first().map(|it| it.code);
    assert_eq!((code("2.20.27"), code("3.9.1")), (Some("enforced-schema"), None));
}

#[test]
fn a_member_that_a_closed_model_does_not_have_is_an_error_at_its_key() {
    let flow = "from prefect import flow\nfrom pydantic import BaseModel, ConfigDict\n\nclass Conf(BaseModel):\n    model_config = ConfigDict(extra='forbid')\n    size: int = 1\n\n@flow\ndef etl(conf: Conf):\n    pass\n";
    let yaml = with("  parameters: {conf: {sise: 1}}\n");
    let tree = Tree::of_texts([("prefect.yaml", yaml.as_str()), ("flows/etl.py", flow)]);
    let found = desired(&tree, &settings("3.9.1")).diagnostics;
    let told: Vec<_> = found.iter().map(|it| (it.at.column, it.message.as_str())).collect();
    assert_eq!(told, [(23, "parameter `conf.sise` is not known; did you mean `size`?")]);
}
