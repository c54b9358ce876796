import os
from prefect.deployments import Deployment
from prefect.filesystems import Azure
from prefect.infrastructure import KubernetesJob
from flow import main

azure_block = Azure.load("twentysix")
k8s = KubernetesJob.load("simple")

adhoc = Deployment.build_from_flow(
    flow=main,
    name="Adhoc load",
    version="1",
    storage=azure_block,
    infrastructure=k8s,
    infra_overrides={
        "image": "acme.azurecr.io/snowflake:latest",
        "namespace": "warehouse",
        "customizations": [
            {
                "op": "add",
                "path": "/spec/template/spec/containers/0/resources",
                "value": {"limits": {"memory": "4Gi"}, "requests": {"cpu": "250m"}},
            }
        ],
    },
    work_queue_name="kubernetes",
    path=os.getcwd()[os.getcwd().find("orion_flows"):],
)

if __name__ == "__main__":
    adhoc.apply(upload=True)
