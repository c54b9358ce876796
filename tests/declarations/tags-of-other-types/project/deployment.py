from enum import Enum

from prefect import flow


class Stage(str, Enum):
    prod = "prod"


@flow
def tagged(): ...


width = 7
if __name__ == "__main__":
    tagged.deploy(
        f"tagged-{width:>03}",
        work_pool_name="aks",
        image="acme/all:1",
        build=False,
        push=False,
        tags=[Stage.prod, 1, "", " ", "z"],
    )
