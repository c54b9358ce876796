from prefect import flow
from prefect.deployments import Deployment
from prefect_azure.blob_storage import AzureBlobStorageContainer


@flow
def stored(n: int = 1): ...


Deployment.build_from_flow(
    flow=stored,
    name="container",
    storage=AzureBlobStorageContainer.load("flow-container"),
    path="stored/v1",
    work_queue_name="default",
).apply(upload=True)
