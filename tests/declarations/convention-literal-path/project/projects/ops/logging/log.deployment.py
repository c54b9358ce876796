from prefect.deployments import Deployment
from prefect.filesystems import Azure
from prefect.infrastructure import KubernetesJob
from flow import logging_flow

d = Deployment.build_from_flow(
  flow=logging_flow,
  name="Logging test",
  version="1",
  storage=Azure.load("twentysix"),
  infrastructure=KubernetesJob.load("base"),
  work_queue_name="kubernetes",
  path="logging_flow/"
)

d.apply()
