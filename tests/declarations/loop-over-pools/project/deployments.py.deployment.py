import pipelines
from prefect import Flow

TARGETS = [
    (pipelines.bronze, "nightly", "docker-pool", "0 1 * * *"),
    (pipelines.silver, "weekly", "aks", "0 2 * * 0"),
]

flows = {name: value for name, value in vars(pipelines).items() if isinstance(value, Flow)}

for flow, suffix, pool, cron in TARGETS:
    flow.deploy(
        name=f"{flow.name}-{suffix}",
        work_pool_name=pool,
        image="acme/lake:latest",
        build=False,
        push=False,
        cron=cron,
        tags=sorted(flows),
    )
