import os
from prefect import flow
from prefect.deployments import Deployment
from prefect.filesystems import LocalFileSystem, RemoteFileSystem
from prefect.infrastructure.container import DockerContainer, ImagePullPolicy

@flow
def prefect_flow(n: int = 1):
    pass

try:
    storage = LocalFileSystem.load("shared-disk")
except Exception:
    storage = LocalFileSystem(basepath="/tmp/x")
    storage.save("shared-disk")

minio = RemoteFileSystem(basepath="s3://flows/test", key_type="hash", settings=dict(use_ssl=False, key="a", secret="b", client_kwargs=dict(endpoint_url="http://minio:9000"))) if False else RemoteFileSystem(basepath="s3://flows/prod")
minio.save("minio", overwrite=True)

deployment = Deployment.build_from_flow(
    flow=prefect_flow, name="one", version=1, storage=storage, skip_upload=True,
    infra_overrides=dict({"env.PREFECT_LOGGING_LEVEL": "DEBUG"}), tags=["demo"], schedule=None, work_queue_name="default", work_pool_name="local")
deployment.apply()
Deployment.build_from_flow(
    name="docker-example", flow=prefect_flow, storage=RemoteFileSystem.load("minio"), skip_upload=True,
    infrastructure=DockerContainer(image="prefect-orion:2.3.0", image_pull_policy="IF_NOT_PRESENT", networks=["prefect"], auto_remove=True, env={"USE_SSL": False, "N": 3}),
).apply()
Deployment.build_from_flow(
    name="docker-2", flow=prefect_flow, infrastructure=DockerContainer(image_pull_policy=ImagePullPolicy.IF_NOT_PRESENT, env=dict(A="b"))).apply()
