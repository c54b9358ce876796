//! Work pools and queues, on real servers.

mod health;
mod overlay;

use serde_json::{Value, json};
use world::prefect::Server;

use crate::installation::{Installation, flow};
use crate::servers::{three, two};

/// A `prefect.yaml` with one deployment in that work pool.
fn daily(work_pool: &str) -> String {
    format!("deployments:\n- {{name: daily, entrypoint: flow.py:main, work_pool: {work_pool}}}\n")
}

impl Installation {
    /// Uploads the deployment `daily` in `work_pool`, and the file `work-pools/POOL.yaml`, POOL being our name.
    async fn with_pool(&self, bundle: &str, work_pool: &str, declared: &str) -> Value {
        let (yaml, flow) = (daily(work_pool), flow(&format!("{}-{bundle}", self.name)));
        let file = format!("work-pools/{}.yaml", self.name);
        let files = [("prefect.yaml", yaml.as_str()), ("flow.py", &flow), (&file, declared)];
        self.upload_files(bundle, &files).await
    }

    async fn pool(&self) -> Value {
        self.server.get(&format!("/work_pools/{}", self.name)).await.unwrap()
    }

    async fn queue(&self, name: &str) -> Value {
        self.server.get(&format!("/work_pools/{}/queues/{name}", self.name)).await.unwrap()
    }
}

/// The reasons of the steps of that kind.
fn reasons(receipt: &Value, kind: &str) -> Vec<String> {
    let steps = receipt["steps"].as_array().unwrap().iter().filter(|it| it["kind"] == kind);
    steps.map(|it| it["reason"].as_str().unwrap_or_default().to_owned()).collect()
}

const FIRST: &str = "type: process
concurrency_limit: 5
description: made by a file
queues:
- {name: high, priority: 1, concurrency_limit: 2}
- {name: low, priority: 2}
";

const SECOND: &str = "type: process
concurrency_limit: 7
description: made by a file
base_job_template:
  job_configuration: {command: '{{ command }}', env: '{{ env }}'}
  variables:
    type: object
    properties:
      command: {type: string, default: run}
      env: {type: object, additionalProperties: {type: string}}
queues:
- {name: urgent, priority: 1}
- {name: high, priority: 2, concurrency_limit: 3}
- {name: low, priority: 3}
";

async fn a_declared_pool_is_kept_as_declared(name: &'static str, server: &'static Server) {
    // whatever may be made
    let it = Installation::start(name, server, &[("SYNC_CREATE_POOLS", "false")]).await;
    let work_pool = format!("{{name: {name}, work_queue_name: high}}");
    let receipt = it.with_pool("sales", &work_pool, FIRST).await;
    assert_eq!(receipt["outcome"], "applied", "{receipt}");
    let made = it.pool().await;
    assert_eq!((&made["type"], &made["concurrency_limit"]), (&json!("process"), &json!(5)));
    let template = made["base_job_template"].clone();
    assert!(template["variables"]["properties"]["command"].is_object(), "{template}");
    let high = it.queue("high").await;
    assert_eq!((&high["priority"], &high["concurrency_limit"]), (&json!(1), &json!(2)));
    assert_eq!(it.queue("low").await["priority"], 2);
    it.proxy.take();
    it.timer().await;
    assert_eq!(it.writes(), [""; 0], "nothing differs");

    it.server.patch(&format!("/work_pools/{name}"), json!({"is_paused": true})).await.unwrap();
    it.timer().await;
    assert_eq!(it.writes(), [""; 0], "what is not declared is theirs");
    let theirs = json!({"description": "by hand"});
    it.server.patch(&format!("/work_pools/{name}"), theirs).await.unwrap();
    it.timer().await;
    assert_eq!(it.writes().len(), 1);
    assert_eq!(it.pool().await["description"], "made by a file");

    let receipt = it.with_pool("sales", &work_pool, SECOND).await;
    assert_eq!(receipt["outcome"], "applied", "{receipt}");
    let pool = it.pool().await;
    assert_eq!((&pool["id"], &pool["is_paused"]), (&made["id"], &json!(true)));
    assert_eq!(pool["concurrency_limit"], 7);
    assert_eq!(pool["base_job_template"]["variables"]["properties"]["command"]["default"], "run");
    let told = receipt["steps"].to_string();
    assert!(told.contains("base_job_template.variables.properties.command.default"), "{told}");
    for (queue, priority) in [("urgent", 1), ("high", 2), ("low", 3)] {
        assert_eq!(it.queue(queue).await["priority"], priority, "{queue}");
    }
    assert_eq!(it.queue("high").await["id"], high["id"]);
    assert_eq!(it.queue("high").await["concurrency_limit"], 3);
    it.proxy.take();
    it.timer().await;
    assert_eq!(it.writes(), [""; 0], "nothing differs again");

    let receipt = it.with_pool("sales", &work_pool, "type: docker\n").await;
    assert_eq!(receipt["outcome"], "refused");
    let why = reasons(&receipt, "work-pool").concat();
    assert!(why.contains("it is of type `process`") && why.contains(".yaml:1"), "{why}");
    assert_eq!(it.writes(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declared_pool_is_made_changed_in_place_and_left_alone_on_3_9() {
    a_declared_pool_is_kept_as_declared("pools-three", three().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declared_pool_is_made_changed_in_place_and_left_alone_on_2_20() {
    a_declared_pool_is_kept_as_declared("pools-two", two().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_that_looks_like_a_typo_is_made_and_told() {
    let it = Installation::start("pools-typo", three().await, &[]).await;
    let work_pool = "{name: pools-typo, work_queue_name: hihg}";
    let receipt = it.with_pool("sales", work_pool, "type: process\nqueues: [{name: high}]\n").await;
    assert_eq!(receipt["outcome"], "applied", "{receipt}");
    let found = &receipt["diagnostics"][0];
    assert_eq!((&found["code"], &found["line"]), (&json!("work-queue"), &json!(2)), "{receipt}");
    assert_eq!(found["hint"], "did you mean `high`?");
    assert_eq!(it.queue("hihg").await["name"], "hihg");
    it.proxy.take();
    it.timer().await;
    assert_eq!(it.writes(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn job_variables_are_checked_against_the_template_that_the_bundle_brings() {
    let it = Installation::start("pools-variables", three().await, &[]).await;
    let work_pool = "{name: pools-variables, job_variables: {command: run, env: {A: 1}}}";
    let receipt = it.with_pool("sales", work_pool, SECOND).await;
    assert_eq!(receipt["outcome"], "refused", "{receipt}");
    let why = reasons(&receipt, "deployment").concat();
    assert!(why.contains("`env.A`") && why.contains("at prefect.yaml:2"), "{why}");
    assert_eq!(it.writes(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn job_variables_that_fit_a_template_no_more_are_told_though_nothing_is_written() {
    for (name, server) in [("pools-fit-3", three().await), ("pools-fit-2", two().await)] {
        let it = Installation::start(name, server, &[]).await;
        let template = |limit: &str| {
            json!({"job_configuration": {"limit": "{{ limit }}"},
                "variables": {"type": "object", "properties": {"limit": {"type": limit}}}})
        };
        let pool =
            json!({"name": name, "type": "process", "base_job_template": template("integer")});
        server.post("/work_pools/", pool).await.unwrap();
        let (yaml, flow) =
            (daily(&format!("{{name: {name}, job_variables: {{limit: 5}}}}")), flow(name));
        it.upload("sales", &yaml, &flow).await;
        assert_eq!(it.document("sales", "receipts/latest.json").await["outcome"], "applied");
        let anew = json!({"base_job_template": template("string")});
        server.patch(&format!("/work_pools/{name}"), anew).await.unwrap();
        it.proxy.take();
        it.upload("sales", &yaml, &flow).await;
        assert_eq!(it.writes(), [""; 0]);
        let receipt = it.document("sales", "receipts/latest.json").await;
        let told = receipt["steps"].to_string();
        assert!(
            told.contains("job variable `limit`") && told.contains("prefect.yaml:2"),
            "{receipt}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_bundles_do_not_fight_for_a_pool() {
    let it = Installation::start("pools-owner", three().await, &[]).await;
    let one = |limit: u8| format!("type: process\nconcurrency_limit: {limit}\n");
    it.with_pool("first", "{name: pools-owner}", &one(1)).await;
    it.proxy.take();
    let receipt = it.with_pool("second", "{name: pools-owner}", &one(2)).await;
    assert_eq!(receipt["outcome"], "refused", "{receipt}");
    let why = reasons(&receipt, "work-pool").concat();
    assert!(why.contains("bundle `first`") && why.contains("bundle `second`"), "{why}");
    it.timer().await;
    assert_eq!(it.writes(), [""; 0]);
    assert_eq!(it.pool().await["concurrency_limit"], 1);
    // the first does not declare it any more
    it.upload("first", &daily("{name: pools-owner}"), &flow("pools-owner-first")).await;
    it.timer().await;
    assert_eq!(it.pool().await["concurrency_limit"], 2);
    assert_eq!(it.document("second", "receipts/latest.json").await["outcome"], "applied");
    it.proxy.take();
    it.timer().await;
    assert_eq!(it.writes(), [""; 0]);
    // nor is there a first one any more
    it.remove("second").await;
    let receipt = it.with_pool("third", "{name: pools-owner}", &one(3)).await;
    assert_eq!(
        (&receipt["outcome"], &it.pool().await["concurrency_limit"]),
        (&json!("applied"), &json!(3))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_of_agents_is_made_before_their_deployment() {
    let it = Installation::start("pools-agents", two().await, &[]).await;
    let file = "from prefect.deployments import Deployment\nfrom flow import main\nDeployment.build_from_flow(main, 'daily', work_queue_name='pools-agents-queue').apply()\n";
    let flow = flow("pools-agents");
    let files = [("x.deployment.py", file), ("flow.py", &flow)];
    let receipt = it.upload_files("sales", &files).await;
    assert_eq!(receipt["outcome"], "applied", "{receipt}");
    let writes = it.writes();
    let at = |end: &str| writes.iter().position(|it| it.ends_with(end));
    assert!(
        at("/work_queues/").is_some() && at("/work_queues/") < at("/deployments/"),
        "{writes:?}"
    );
    let queue = it.server.get("/work_queues/name/pools-agents-queue").await.unwrap();
    assert_eq!(queue["work_pool_name"], "default-agent-pool");
    let deployment = it.server.deployment("pools-agents", "daily").await.unwrap();
    assert_eq!(deployment["work_queue_name"], "pools-agents-queue");
    it.timer().await;
    assert_eq!(it.writes(), [""; 0]);
}
