from prefect import flow
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments import Deployment
from prefect.infrastructure import Process


@flow
def change(a: int, b: int = 2): ...


base = Deployment.build_from_flow(flow=change, name="base", path="/flows", work_queue_name="q", tags=["t"])
base.parameters["a"] = 1
base.tags.append("more")
base.version = "2"
base.schedule = CronSchedule(cron="0 1 * * *")
base.is_schedule_active = True
base.infra_overrides = {"env": {"A": "1"}}
base.infra_overrides["env"].update(B="2")
base.apply()

settings = base.dict(include={"flow_name", "entrypoint", "path", "parameters"})
other = Deployment(name="other", infrastructure=Process(env={"C": "3"}), **settings)
other.description = f"{base.flow_name}/{base.name} again"
other.apply()
