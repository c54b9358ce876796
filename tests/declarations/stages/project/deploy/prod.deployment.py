import os
import re

from prefect import flow
from stages import Stage

match = re.fullmatch(r"refs/tags/v(\d+)\.(\d+)\.(\d+)", os.environ.get("RELEASE", ""))
version = ".".join(match.groups()) if match else "0.0.0"
major, minor, patch = (int(part) for part in version.split("."))
stage = Stage.current()


@flow
def publish(replicas: int = 1, text: str = ""): ...


if stage == Stage.known["prod"] and major >= 1:
    publish.deploy(
        name=f"publish-{stage.name}",
        work_pool_name=stage.pool,
        image=f"acme/publish:{version}",
        build=False,
        push=False,
        version=version,
        parameters={"replicas": stage.replicas, "text": str(stage + 2)},
        job_variables={"env": stage.env},
        tags=[f"{stage}", str(max(Stage.known.values(), key=lambda it: it.replicas)), str(sorted(Stage.known)[0])],
        paused=minor < 8,
    )
else:
    raise SystemExit(f"nothing to do on {stage}")
