from prefect import deploy, flow, serve
from prefect.deployments.runner import RunnerDeployment
from prefect.runner.storage import GitRepository

repo = GitRepository("https://github.com/acme/pipelines", branch="main", name="pipelines-main")

deploy(
    *[
        flow.from_source(repo, f"pipelines/orders.py:{name}").to_deployment(name=f"{name}-prod", tags=[name])
        for name in ("orders", "refunds")
    ],
    work_pool_name="local",
)

stored = RunnerDeployment.from_storage(
    storage=repo, entrypoint="pipelines/orders.py:refunds", name="stored", cron="0 3 * * *", description="stored"
)
stored.apply(work_pool_name="local")

serve(flow.from_source(source=repo, entrypoint="pipelines/orders.py:orders").to_deployment("served", interval=300))
