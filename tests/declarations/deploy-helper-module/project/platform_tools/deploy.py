import os
from pathlib import Path
from typing import Any, Optional

from prefect import Flow
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments import Deployment
from prefect.filesystems import Azure
from prefect.infrastructure import KubernetesJob

STORAGE = "flow-storage"
DEFAULT_OVERRIDES = {"namespace": "flows", "env": {"PREFECT_LOGGING_LEVEL": "INFO"}}


def branch() -> str:
    return os.getenv("GITHUB_REF_NAME", "main").replace("/", "-")


def register(flow: Flow, *, cron: Optional[str] = None, image: str = "base", base: str = "base", **kwargs: Any):
    name = kwargs.pop("name", None) or f"{flow.name}@{branch()}"
    overrides = {**DEFAULT_OVERRIDES, "image": f"acme.azurecr.io/{image}:{os.environ['GITHUB_SHA'][:7]}"}
    overrides["env"] = {**overrides["env"], **kwargs.pop("env", {})}
    deployment = Deployment.build_from_flow(
        flow=flow,
        name=name,
        storage=Azure.load(STORAGE),
        infrastructure=KubernetesJob.load(base),
        infra_overrides=overrides,
        schedule=CronSchedule(cron=cron, timezone="Europe/Oslo") if cron and branch() == "main" else None,
        path="/".join(Path.cwd().parts[-2:]),
        tags=sorted({branch(), *kwargs.pop("tags", ())}),
        work_queue_name="kubernetes",
        **kwargs,
    )
    deployment.apply()
    return deployment
