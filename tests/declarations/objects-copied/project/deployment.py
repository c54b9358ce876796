import copy

from prefect import flow
from prefect.deployments import Deployment
from prefect.infrastructure import KubernetesJob


@flow
def copied(n: int = 1): ...


job = KubernetesJob(image="acme/one:1", env={"A": "1"})
big = copy.deepcopy(job)
big.namespace = "big"
big.env["B"] = "2"

first = Deployment.build_from_flow(flow=copied, name="first", tags=["x"], infrastructure=job)
second = copy.deepcopy(first)
second.name = "second"
second.tags.append("y")
second.infrastructure = big
third = copy.copy(first)
third.name = "third"

if __name__ == "__main__":
    for it in (first, second, third):
        it.apply()
