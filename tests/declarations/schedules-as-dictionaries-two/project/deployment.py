from datetime import datetime, timedelta
from collections import namedtuple
from prefect import flow
from prefect.deployments import Deployment
from prefect.infrastructure import Process, DockerContainer
from prefect.infrastructure.container import DockerRegistry, ImagePullPolicy
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule
from prefect.filesystems import LocalFileSystem
from rich.progress import track

@flow
def f(items: list = []): ...

now = datetime.now()
soon = now + timedelta(minutes=2)
cron = f"{soon.minute} {soon.hour} {soon.day} {soon.month} *"
Deployment.build_from_flow(flow=f, name="a", schedule={"cron": "10 6 * * *"}, tags=["daily-run"], job_variables={"pip_packages": ["pandas"]}, work_pool_name="local").apply()
Deployment(name="b", flow_name="Record Nginx logs", entrypoint="deployment.py:f", schedules=[CronSchedule(cron=cron, timezone="Europe/Berlin")], work_queue_name="default", path="/usr/src", infrastructure=Process(type="process", stream_output=True)).apply()
docker = DockerContainer(auto_remove=True, env={"PREFECT_API_URL": "x", "N": None}, image="acme/x", image_pull_policy=ImagePullPolicy.ALWAYS, name="corner", stream_output=True, volumes=["/a:/b"], networks=[], labels={"a": "b"}, command=["python", "-m", "prefect.engine"])
docker.save("etl", overwrite=True)
Config = namedtuple("Config", ["pollutant", "code"])
for c in track([Config(pollutant="PM2.5", code=6001), Config("PM10", 5)]):
    Deployment.build_from_flow(flow=f, name=f"EEA: update {c.pollutant}", skip_upload=True, apply=False, load_existing=False, parameters={"items": [c.code]}, infrastructure=docker, path="", version=1, schedule=IntervalSchedule(interval=3600)).apply()
Deployment.build_from_flow(flow=f, name="c", schedules=[{"schedule": {"cron": "0 0 * * *", "timezone": "UTC"}, "active": False}], infra_overrides={"env.A": "b", "cpu": 1}).apply()
Deployment.build_from_flow(flow=f, name="d", schedules=[CronSchedule(cron="0 0 * * *"), IntervalSchedule(interval=60)]).apply()
Deployment.build_from_flow(flow=f, name="e", storage=LocalFileSystem(basepath="/tmp/probe-store"), infrastructure=Process(env={"PYTHONPATH": "."}, command=None)).apply()
