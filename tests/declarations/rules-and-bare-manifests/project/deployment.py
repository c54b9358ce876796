# -*- coding: utf-8 -*-
#!/usr/bin/env python
"""Deploys.""" \
"""More."""
from prefect.deployments import Deployment
from prefect.client.schemas.schedules import RRuleSchedule, CronSchedule, IntervalSchedule
from prefect.infrastructure import DockerContainer, KubernetesJob, Process
from dateutil.rrule import rrule, DAILY, MO, TU, WE, TH, FR
import pendulum
from flows import my_flow as fl

start_date = pendulum.now("UTC").add(days=1)
r = rrule(DAILY, start_date, byweekday=(MO, TU, WE, TH, FR))
print(*[x for x in range(2)], sep=", ")
Deployment.build_from_flow(flow=fl, name="rr", schedule=RRuleSchedule.from_rrule(r)).apply()
Deployment.build_from_flow(fl, "txt", schedule=RRuleSchedule(rrule="FREQ=WEEKLY;BYDAY=MO;BYHOUR=9", timezone="US/Eastern")).apply()
Deployment.build_from_flow(flow=fl, name='interval', schedule=IntervalSchedule(interval=pendulum.duration(hours=1), anchor_date=pendulum.datetime(2023, 1, 1, tz="America/New_York"), timezone="America/Chicago")).apply()
d = Deployment.build_from_flow(flow=fl, name="k", infrastructure=KubernetesJob(namespace="n", job=KubernetesJob.base_job_manifest(), customizations=[{"op": "add", "path": "/spec/ttlSecondsAfterFinished", "value": 10}]))
d.apply()
dd = DockerContainer(image="a/b:latest", image_pull_policy="ALWAYS", auto_remove=True, network_mode="bridge", networks=["n"], volumes=["/x:/y"], env={"A": "b"})
Deployment.build_from_flow(flow=fl, name="dk", infrastructure=dd, entrypoint="flows.py:my_flow").apply()
