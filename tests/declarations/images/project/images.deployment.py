from prefect import flow
from prefect.deployments.runner import deploy
from prefect.docker import DockerImage

NO_BUILD = {"build": False, "push": False, "work_pool_name": "docker-pool"}


@flow
def packed(n: int = 1): ...


packed.deploy("untagged", image="acme/packed", **NO_BUILD)
packed.deploy("port", image="localhost:5000/packed", **NO_BUILD)
packed.deploy("digest-like", image="registry.acme.example:443/team/packed:v1.0_rc-2", **NO_BUILD)
packed.deploy("object", image=DockerImage(name="acme/packed", tag="v2", platform="linux/amd64"), **NO_BUILD)
packed.deploy("object-untagged", image=DockerImage(name="acme/packed"), **NO_BUILD)
deploy(
    packed.to_deployment("own-pool", work_pool_name="aks", job_variables={"image": "kept?", "cpu": 1}),
    packed.to_deployment("given-pool"),
    image="acme/packed:many",
    **NO_BUILD,
)
packed.deploy("block-in-variables", image="acme/p:1", job_variables={"env": {"T": "{{ prefect.blocks.secret.git-token }}"}}, **NO_BUILD)
