import uuid

from prefect.deployments import Deployment
from prefect.filesystems import Azure
from prefect_azure.container_instance import AzureContainerInstanceJob

from flow import dump_flow

first = Deployment.build_from_flow(
    flow=dump_flow,
    name="aci",
    storage=Azure.load("flow-storage"),
    infrastructure=AzureContainerInstanceJob.load("aci"),
    infra_overrides={"image": "acme.azurecr.io/dump:1", "cpu": 2, "memory": 4},
    work_queue_name="aci",
    path=str(uuid.uuid4()),
)
second = Deployment.build_from_flow(
    flow=dump_flow,
    name="aci big",
    storage=Azure.load("flow-storage"),
    infrastructure=AzureContainerInstanceJob.load("aci"),
    work_queue_name="aci",
    path=str(uuid.uuid4()),
)
first.apply()
second.apply()
