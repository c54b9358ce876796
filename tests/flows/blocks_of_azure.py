"""Blocks of prefect-azure, which a worker needs to read the code of a flow."""

from typing import Dict, List, Optional

import prefect_azure
from prefect import flow
from prefect_azure import AzureBlobStorageCredentials, AzureCosmosDbCredentials
from prefect_azure.blob_storage import AzureBlobStorageContainer
from prefect_azure.credentials import AzureContainerInstanceCredentials, AzureMlCredentials


@flow
def load(
    credentials: AzureBlobStorageCredentials,
    container: Optional[AzureBlobStorageContainer] = None,
    path: str = "a",
):
    pass


@flow
def several(
    all: List[prefect_azure.AzureBlobStorageContainer],
    named: Dict[str, AzureCosmosDbCredentials] = {},
    instances: Optional[AzureContainerInstanceCredentials] = None,
    ml: AzureMlCredentials = None,
):
    pass


@flow
def without_a_type_of_it(a: int, b: Optional[str] = None):
    pass
