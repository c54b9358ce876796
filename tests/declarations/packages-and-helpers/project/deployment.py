from prefect.deployments import Deployment
from prefect.client.schemas.schedules import CronSchedule
from prefect.infrastructure import KubernetesJob
import flows_pkg.a as fa, flows_pkg.b
from flows_pkg import *
from utils.deploy import apply_all, DEFAULTS

ds = [
    Deployment.build_from_flow(flow=fa.a, name="one", **DEFAULTS),
    Deployment.build_from_flow(flow=flows_pkg.b.b, name="two", **{**DEFAULTS, "tags": ["x"], "schedule": CronSchedule(cron="0 7 * * MON-FRI", timezone="Europe/Madrid")}),
    Deployment.build_from_flow(c, "three", work_queue_name="q3", infrastructure=KubernetesJob.load("base"), infra_overrides={"image": "x:y", "env": {"A": "1"}}),
]
if __name__ == "__main__":
    apply_all(*ds, verbose=True)
