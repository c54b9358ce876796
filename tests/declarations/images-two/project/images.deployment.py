from prefect import deploy, flow
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments import DeploymentImage


@flow
def packed(n: int = 1): ...


packed.deploy(
    "image-object",
    work_pool_name="aks",
    image=DeploymentImage(name="acme.azurecr.io/packed", tag="v2"),
    build=False,
    push=False,
    schedule=CronSchedule(cron="0 2 * * *"),
    is_schedule_active=False,
)
packed.deploy("untagged", work_pool_name="docker-pool", image="acme/packed", build=False, push=False)
deploy(
    packed.to_deployment("one", work_queue_name="fast", job_variables={"cpu": 1}),
    packed.to_deployment("two"),
    work_pool_name="docker-pool",
    image=DeploymentImage("acme/packed:3"),
    build=False,
    push=False,
)
