from dataclasses import dataclass, field
from typing import Any
from prefect import Flow, flow
from prefect.deployments.runner import RunnerDeployment
from prefect.runner.storage import LocalStorage, RemoteStorage, GitRepository
from prefect.events import DeploymentEventTrigger

@flow
def a(x: int = 1): ...
@flow(name="Bee")
def b(x: int = 1): ...

STORAGE = LocalStorage("/app")
@dataclass
class DeploymentConfig:
    flow: Flow[..., Any]
    name: str
    entrypoint: str
    parameters: dict[str, Any] = field(default_factory=dict)

for config in [DeploymentConfig(flow=a, name="one", entrypoint="flows/a.py:a", parameters={"x": 3}), DeploymentConfig(b, "two", "deployment.py:b")]:
    d = RunnerDeployment.from_flow(flow=config.flow, name=config.name, work_pool_name="local", parameters=config.parameters)
    d.storage = STORAGE
    d.entrypoint = config.entrypoint
    print(d.apply(), d.full_name)
class _Pull:
    def __init__(self, steps): self.steps = steps
    def to_pull_step(self): return self.steps
d = RunnerDeployment(name="three", flow_name="Bee", entrypoint="deployment.py:b", work_pool_name="local", tags=["x"], paused=False, job_variables={}, description="v", version="1")
d.apply()
d = b.to_deployment("four")
d.work_pool_name = "local"
d.job_variables = {"env": {"A": "1"}}
d.tags += ["t"]
d.schedules = []
d.description = None
d.apply()
