import os

from prefect import flow
from prefect.deployments import Deployment
from prefect_azure import AzureContainerInstanceCredentials
from prefect_azure.container_instance import ACRManagedIdentity, AzureContainerInstanceJob


@flow
def small(n: int = 1): ...


credentials = AzureContainerInstanceCredentials(
    client_id="11111111-1111-1111-1111-111111111111",
    tenant_id="22222222-2222-2222-2222-222222222222",
    client_secret=os.environ.get("ARM_CLIENT_SECRET", "none"),
)
job = AzureContainerInstanceJob(
    aci_credentials=credentials,
    resource_group_name="rg-flows",
    subscription_id="33333333-3333-3333-3333-333333333333",
    image="acme.azurecr.io/small:1",
    cpu=0.5,
    memory=1.5,
    env={"A": "1"},
    image_registry=ACRManagedIdentity(
        registry_url="acme.azurecr.io",
        identity="/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i",
    ),
)

Deployment.build_from_flow(flow=small, name="inline-aci", infrastructure=job, work_queue_name="aci").apply()
