from prefect import deploy, flow
from prefect.docker import DockerImage


@flow
def first(a: int): ...


@flow(description="The second")
def second(b: str = "x"): ...


REGISTRY = "acme.azurecr.io"
image = DockerImage(name=f"{REGISTRY}/flows", tag="2024.11", dockerfile="Dockerfile")

if __name__ == "__main__":
    deploy(
        first.to_deployment(name="first", tags=["x"]),
        second.to_deployment(
            name="second", cron="0 0 * * *", job_variables={"namespace": "jobs"}, work_queue_name="slow"
        ),
        work_pool_name="aks",
        image=image,
        build=False,
        push=False,
    )
    first.deploy(
        "alone",
        work_pool_name="aks",
        image=DockerImage(name="acme.azurecr.io/alone:7"),
        build=False,
        push=False,
        print_next_steps=False,
    )
