from datetime import timedelta
from importlib import import_module

import yaml
from prefect.blocks.core import Block
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule
from prefect.deployments import Deployment
from prefect.infrastructure import DockerContainer, Process

INFRASTRUCTURE = {"process": Process, "docker": DockerContainer}


def schedule_of(spec):
    if not spec:
        return None
    if "interval" in spec:
        return IntervalSchedule(interval=timedelta(seconds=spec["interval"]))
    return CronSchedule(**spec)


with open("deployments.yml", "rt", encoding="utf8") as stream:
    config = yaml.load(stream, Loader=yaml.SafeLoader)

storage = Block.load(config["storage"])
for target, specs in config["flows"].items():
    module, _, function = target.rpartition(".")
    flow = getattr(import_module(module), function)
    for spec in specs:
        infrastructure = dict(spec.get("infrastructure", {}))
        kind = INFRASTRUCTURE[infrastructure.pop("type", "process")]
        deployment = Deployment.build_from_flow(
            flow=flow,
            name=spec["name"],
            storage=storage,
            path=target.replace(".", "/"),
            parameters=spec.get("parameters", {}),
            schedule=schedule_of(spec.get("schedule")),
            infrastructure=kind(**infrastructure),
        )
        deployment.apply()
