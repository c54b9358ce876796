//! Deployment files that Python or Prefect would end with an exception.

use expect_test::{Expect, expect};

use super::*;

/// The names of the deployments, then the findings, of a deployment file with `text`.
fn check(version: &str, text: &str, want: Expect) {
    let flow = "from prefect import flow\n\n@flow\ndef etl(n: int = 1):\n    pass\n";
    let text = format!("from flow import etl\n{text}");
    let tree = Tree::of_texts([("daily.deployment.py", text.as_str()), ("flow.py", flow)]);
    let out = desired(&tree, &settings(version));
    let mut shown: Vec<String> = out.deployments.iter().map(|it| it.name.clone()).collect();
    for it in &out.diagnostics {
        let hint = it.hint.as_deref().map(|it| format!(" [{it}]")).unwrap_or_default();
        shown.push(format!("{}:{} {}: {}{hint}", it.at.line, it.at.column, it.code, it.message));
    }
    want.assert_eq(&(shown.join("\n") + "\n"));
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
