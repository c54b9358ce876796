import os, sys
from prefect.deployments import Deployment
from prefect.filesystems import Azure
from prefect.infrastructure import KubernetesJob, Process
from prefect.infrastructure.kubernetes import KubernetesJob as KJ
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule, RRuleSchedule
from datetime import timedelta
sys.path.append(os.path.abspath(os.path.join(os.path.dirname(__file__), "../")))
from flow import main

az_block = Azure.load("twentysix")
d = Deployment.build_from_flow(
    flow=main, flow_name="Monthly Hello Flow", name="Monthly Hello Flow", version="1", tags=["scheduled", "daily"],
    schedule=CronSchedule(cron="1 2 1 * *", timezone="America/Chicago"), storage=az_block,
    infrastructure=KubernetesJob.load("simple"),
    infra_overrides={"image": "radbrt/prefect_azure:latest", "namespace": "prefect2"},
    work_queue_name="kubernetes", path=os.getcwd()[os.getcwd().find("orion_flows"):])
d.apply()
Deployment.build_from_flow(flow=main, name="b", infra_overrides=dict(env={"A": "x"}), infrastructure=KJ(image="a:b", namespace="n", finished_job_ttl=300, image_pull_policy="Always", service_account_name="s", env={"A": "1"}, customizations=[{"op": "add", "path": "/spec/template/spec/containers/0/env/-", "value": {"name": "K", "valueFrom": {"secretKeyRef": {"name": "m", "key": "root-user"}}}}]), schedule=IntervalSchedule(interval=timedelta(minutes=10)), output="b.yaml", is_schedule_active=False).apply()
Deployment.build_from_flow(flow=main, name="c", infrastructure=Process(env={"A": 1}, working_dir="/x", stream_output=False), schedule=RRuleSchedule(rrule="DTSTART:20221120T041500\nRRULE:FREQ=DAILY;INTERVAL=1", timezone="America/New_York")).apply()
x = Deployment(name="d", flow_name="main-x", entrypoint="flow.py:main", version="latest", work_queue_name="default", infrastructure=Process.load("bare"), storage=az_block, manifest_path=None, parameters=dict(a=1))
x.apply()
