//! Deployment files that Python or Prefect would end with an exception.

use expect_test::{Expect, expect};

use super::*;

fn check(version: &str, text: &str, want: Expect) {
    want.assert_eq(&told(version, text));
}

/// The names of the deployments, then the findings, of a deployment file with `text`.
fn told(version: &str, text: &str) -> String {
    let flow = "from prefect import flow\n\n@flow\ndef etl(n: int = 1):\n    pass\n";
    let text = format!("from flow import etl\n{text}");
    let tree = Tree::of_texts([("daily.deployment.py", text.as_str()), ("flow.py", flow)]);
    let out = desired(&tree, &settings(version));
    let mut shown: Vec<String> = out.deployments.iter().map(|it| it.name.clone()).collect();
    for it in &out.diagnostics {
        let hint = it.hint.as_deref().map(|it| format!(" [{it}]")).unwrap_or_default();
        shown.push(format!("{}:{} {}: {}{hint}", it.at.line, it.at.column, it.code, it.message));
    }
    shown.join("\n") + "\n"
}

#[test]
fn a_flow_of_a_module_that_is_not_there_is_told() {
    check(
        "3.9.1",
        "from flo import main2\nfrom mycorp.flows import nightly\nimport nest_asyncio\nnest_asyncio.apply()\netl.deploy(name=\"a\", work_pool_name=\"q\")\nmain2.deploy(name=\"b\", work_pool_name=\"q\")\nnightly.serve(\"n\")\n",
        expect![[r#"
            a
            7:1 unknown-value: this registers a deployment of something that is not known here: flo.main2.deploy [`flo` is not in the bundle; did you mean `flow`?]
            8:1 unknown-value: this registers a deployment of something that is not known here: mycorp.flows.nightly.serve [`mycorp` is not in the bundle: put it there, or state the value itself]
        "#]],
    );
}

#[test]
fn a_misspelt_name_of_a_flow_ends_the_file() {
    check(
        "3.9.1",
        "etl.retries = 2\nx = etl.retries, hasattr(etl, \"deply\"), etl.on_failure, etl.task_runner\netl.deply(name=\"a\", work_pool_name=\"q\")\n",
        expect![[r#"
            4:1 python-exception: this file ends with an exception: AttributeError: 'Flow' object has no attribute 'deply' [did you mean `deploy`?]
        "#]],
    );
}

#[test]
fn a_misspelt_name_of_a_deployment_ends_the_file() {
    check(
        "3.9.1",
        "it = etl.to_deployment(\"a\", work_pool_name=\"p\")\nit.aply()\n",
        expect![[r#"
            3:1 python-exception: this file ends with an exception: AttributeError: 'RunnerDeployment' object has no attribute 'aply' [did you mean `apply`?]
        "#]],
    );
    check(
        "2.20.27",
        "from prefect.deployments import Deployment\nit = Deployment.build_from_flow(etl, \"a\")\nit.work_queue = \"q\"\nit.apply()\n",
        expect![[r#"
            4:1 python-exception: this file ends with an exception: ValueError: "Deployment" object has no field "work_queue" [did you mean `work_queue_name`?]
        "#]],
    );
}

#[test]
fn a_misspelt_argument_ends_the_file() {
    for (call, want) in [
        (
            "etl.deploy(name=\"a\", work_pool_name=\"q\", cron2=3)",
            "TypeError: Flow.deploy() got an unexpected keyword argument 'cron2' [did you mean `cron`?]",
        ),
        (
            "etl.to_deployment(\"a\", work_pool=\"q\")",
            "TypeError: Flow.to_deployment() got an unexpected keyword argument 'work_pool' [did you mean `work_pool_name`?]",
        ),
        (
            "etl.serve(\"a\", work_pool_name=\"q\")",
            "TypeError: Flow.serve() got an unexpected keyword argument 'work_pool_name'",
        ),
        (
            "deploy(etl.to_deployment(\"a\"), work_pool_name=\"q\", nope=3)",
            "TypeError: deploy() got an unexpected keyword argument 'nope'",
        ),
        (
            "Deployment.build_from_flow(etl, \"a\", work_queue=\"q\").apply()",
            "ValidationError: 1 validation error for Deployment: `work_queue`: extra fields not permitted [did you mean `work_queue_name`?]",
        ),
        (
            "Deployment(name=\"d\", flow_nam=\"x\").apply()",
            "ValidationError: 1 validation error for Deployment: `flow_nam`: extra fields not permitted [did you mean `flow_name`?]",
        ),
        (
            "etl.deploy(\"a\", work_pool_name=\"q\", cron=\"0 1 * * *\", interval=60)",
            "ValueError: Only one of interval, cron, rrule, schedule, or schedules can be provided.",
        ),
    ] {
        let text = format!(
            "from prefect import deploy\nfrom prefect.deployments import Deployment\n{call}\n"
        );
        for version in ["3.9.1", "2.20.27"] {
            let shown = told(version, &text);
            let whole = format!("4:1 python-exception: this file ends with an exception: {want}\n");
            assert!(shown.ends_with(&whole), "{version} {call}: {shown}");
        }
    }
}

#[test]
fn what_either_prefect_takes_is_no_mistake() {
    check(
        "2.20.27",
        "etl.deploy(\"a\", work_pool_name=\"q\", cron=\"0 1 * * *\", interval=None, version_type=None, print_next_steps=False)\n",
        expect![[r#"
            a
            2:42 schedule-without-timezone: this schedule names no `timezone`: its hours are those of UTC [give the schedule one: `CronSchedule(cron=…, timezone="Europe/Oslo")`, or `"UTC"` when that is meant]
        "#]],
    );
    check(
        "3.9.1",
        "etl.deploy(\"a\", work_pool_name=\"q\", is_schedule_active=False, **{\"tags\": [\"t\"]})\n",
        expect![[r#"
            a
        "#]],
    );
}

#[test]
fn a_name_that_no_deployment_can_have_is_an_error() {
    check(
        "3.9.1",
        "etl.deploy(\"bad/name\", work_pool_name=\"q\")\netl.deploy(\"\", work_pool_name=\"q\")\netl.deploy(\"of/file.py\", work_pool_name=\"q\")\n",
        expect![[r#"
            file
            2:1 deployment-name: a deployment's name must be a text without `/`, `%`, `&`, `>` and `<`
            3:1 deployment-name: a deployment's name must be a text without `/`, `%`, `&`, `>` and `<`
        "#]],
    );
}

#[test]
fn an_environment_variable_without_a_value_is_told() {
    check(
        "3.9.1",
        "import os\nA = os.getenv(\"A\")\nB = os.getenv(\"B\") or \"b\"\nC = os.environ.get(\"C\", None)\nif os.getenv(\"A\") is None:\n    etl.deploy(f\"x-{os.environ.get('D')}\", work_pool_name=\"q\")\nif os.getenv(\"PROD\"):\n    etl.deploy(\"prod\", work_pool_name=\"q\")\n",
        expect![[r#"
            x-None
            3:5 environment-unset: the environment variable `A` has no value: `None` is taken [supply it with --env A=…, add it to SYNC_ENV, or write a default]
            7:21 environment-unset: the environment variable `D` has no value: `None` is taken [supply it with --env D=…, add it to SYNC_ENV, or write a default]
            8:4 environment-unset: the environment variable `PROD` has no value: `None` is taken [supply it with --env PROD=…, add it to SYNC_ENV, or write a default]
        "#]],
    );
}

#[test]
fn a_folder_that_is_not_in_the_path_of_the_file_is_told() {
    check(
        "2.20.27",
        "import os\nhere = os.getcwd()\nA = here[here.find(\"orion_flows\"):], here.find(\"srv\"), here.find(\".git\")\nB = here.index(\"/orion_flows/\")\n",
        expect![[r#"
            4:10 bundle-name: `orion_flows` is not in the path of this file, which here is `/srv/sales` [name the folder that the bundle lies in: --bundle-name orion_flows, or SYNC_BUNDLE_NAME]
            5:5 bundle-name: `/orion_flows/` is not in the path of this file, which here is `/srv/sales` [name the folder that the bundle lies in: --bundle-name orion_flows, or SYNC_BUNDLE_NAME]
            5:5 python-exception: this file ends with an exception: ValueError: substring not found
        "#]],
    );
}

#[test]
fn what_a_module_has_instead_of_a_name_is_told() {
    check(
        "3.9.1",
        "from flow import main\n",
        expect![[r#"
        2:18 python-exception: this file ends with an exception: ImportError: cannot import name 'main' from 'flow' (flow.py) [its flows are `etl`]
    "#]],
    );
    check(
        "3.9.1",
        "from flow import elt\n",
        expect![[r#"
        2:18 python-exception: this file ends with an exception: ImportError: cannot import name 'elt' from 'flow' (flow.py) [its flows are `etl`]
    "#]],
    );
}

#[test]
fn a_module_that_is_no_python_is_told_with_the_reason() {
    let flow = "from prefect import flow\n\n@flow\ndef etl(:\n    pass\n";
    let text = "from flow import etl\netl.deploy(\"a\", work_pool_name=\"q\")\n";
    let tree = Tree::of_texts([("daily.deployment.py", text), ("flow.py", flow)]);
    let found = desired(&tree, &settings("3.9.1")).diagnostics;
    let shown: Vec<String> = found
        .iter()
        .map(|it| {
            format!("{}:{}:{} {} {:?}", it.at.file, it.at.line, it.at.column, it.code, it.hint)
        })
        .collect();
    expect![[r#"
        daily.deployment.py:2:1 unknown-value Some("`flow.py` cannot be read: Expected a parameter or the end of the parameter list")
        flow.py:4:9 python-syntax None
        flow.py:4:10 python-syntax None"#]].assert_eq(&shown.join("\n"));
}

#[test]
fn an_import_that_no_prefect_has_any_more_is_told() {
    check(
        "2.20.27",
        "from prefect.deployments import DeploymentSpec\nfrom prefect.orion.schemas.schedules import CronSchedule\ntry:\n    from prefect.orion.schemas.schedules import IntervalSchedule\nexcept ImportError:\n    pass\nDeploymentSpec(flow=etl, name=\"x\")\n",
        expect![[r#"
            1:1 no-deployment: this file registers no deployment [call `.apply()`, `.deploy(…)` or `serve(…)`; below `if __name__ == "__main__":` is fine]
            2:33 removed-import: neither Prefect 2.20 nor 3 has `prefect.deployments.DeploymentSpec`: run by Python, this file ends here [declare the deployment in prefect.yaml]
            3:45 removed-import: neither Prefect 2.20 nor 3 has `prefect.orion.schemas.schedules`: run by Python, this file ends here [import it from prefect.client.schemas.schedules]
        "#]],
    );
}

#[test]
fn a_misspelt_argument_of_a_decorator_ends_the_file() {
    check(
        "3.9.1",
        "from prefect import flow, task\n@task(retry=3)\ndef get():\n    pass\n",
        expect![[r#"
            3:2 python-exception: this file ends with an exception: TypeError: task() got an unexpected keyword argument 'retry' [did you mean `retries`?]
        "#]],
    );
    check(
        "2.20.27",
        "from prefect import flow\n@flow(log_print=True)\ndef own():\n    pass\nown.serve(\"a\")\n",
        expect![[r#"
            3:2 python-exception: this file ends with an exception: TypeError: flow() got an unexpected keyword argument 'log_print' [did you mean `log_prints`?]
        "#]],
    );
}

#[test]
fn a_variable_of_the_server_matters_where_it_reaches_a_deployment() {
    check(
        "3.9.1",
        "from prefect.variables import Variable\nregion = Variable.get(\"region\", default=\"eu\")\netl.deploy(name=\"a\", work_pool_name=\"q\")\netl.deploy(name=\"b\", work_pool_name=\"q\", tags=[region])\n",
        expect![[r#"
            a
            b
            3:10 unknown-value: `tags` of this deployment depends on the result of `prefect.variables.Variable.get`, which is not known here [read it in the flow, write `{{ prefect.variables.NAME }}` into an entry of prefect.yaml, or take an environment variable that SYNC_ENV allows]
        "#]],
    );
}
