from prefect import Flow, apply_map, resource_manager, task
from prefect.tasks.control_flow import switch
from prefect import Client


@task
def inc(x):
    return x + 1


@resource_manager
class Cluster:
    def setup(self):
        return 1

    def cleanup(self, cluster):
        pass


def build(name):
    with Flow(name) as flow:
        apply_map(inc, [1, 2])
    return flow


with Flow("clash") as clash:
    inc = inc(1)
    switch(inc, {"a": inc})

for name in ["a", "b"]:
    build(name).register("p")
Client().create_project("p")
