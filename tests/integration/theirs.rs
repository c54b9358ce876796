//! What others gave a deployment that is ours now, on a real server.

use serde_json::json;

use crate::installation::{Installation, flow};
use crate::servers::three;

#[tokio::test(flavor = "multi_thread")]
async fn labels_survive_every_write_and_the_queue_is_one_that_is_there() {
    let it = Installation::start("theirs-labels", three().await, &[("SYNC_ADOPT", "true")]).await;
    let owner = it.server.post("/flows/", json!({"name": it.name})).await.unwrap();
    // the server takes labels with this request alone, and each one without them removes them
    let made = json!({"name": "daily", "flow_id": owner["id"], "labels": {"team": "sales"}});
    it.server.post("/deployments/", made).await.unwrap();
    for description in ["first", "second"] {
        let yaml = format!(
            "deployments:\n- name: daily\n  description: {description}\n  entrypoint: flow.py:main\n  schedules: [{{cron: '17 4 * * *'}}]\n  \
             work_pool: {{name: theirs, work_queue_name: {description}}}\n"
        );
        it.upload("sales", &yaml, &flow(it.name)).await;
        let live = it.server.deployment(it.name, "daily").await.unwrap();
        assert_eq!(live["description"], description);
        assert_eq!(live["labels"]["team"], "sales", "{live}");
        let queue = format!("/work_queues/{}", live["work_queue_id"].as_str().unwrap());
        assert_eq!(it.server.get(&queue).await.unwrap()["name"], description);
    }
}
