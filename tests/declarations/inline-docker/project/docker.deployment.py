from prefect.deployments import Deployment
from prefect.infrastructure import DockerContainer
from prefect.infrastructure.container import ImagePullPolicy

from flow import train

container = DockerContainer(
    image="acme/train:cuda12",
    image_pull_policy=ImagePullPolicy.IF_NOT_PRESENT,
    network_mode="bridge",
    networks=["ml"],
    volumes=["/data:/data:ro", "models:/models"],
    env={"CUDA_VISIBLE_DEVICES": "0"},
    auto_remove=True,
    mem_limit="8g",
    labels={"owner": "ml"},
    name="train",
)
DockerContainer(image="never-saved")

Deployment.build_from_flow(flow=train, name="gpu", infrastructure=container, work_pool_name="docker-pool").apply()
Deployment.build_from_flow(
    flow=train,
    name="cpu",
    infrastructure=DockerContainer.load("etl"),
    parameters={"epochs": 1},
    infra_overrides={"image": "acme/train:cpu", "env.OMP_NUM_THREADS": "4"},
).apply()
