import os
from pathlib import Path

from prefect.deployments import Deployment
from prefect.filesystems import Azure
from prefect.infrastructure import DockerContainer
from weather import weather

folder = Path(__file__).parent
name = folder.name
relative = Path.cwd().relative_to(folder.parent.parent).as_posix()
stem, suffix = os.path.splitext(os.path.basename(__file__))

deployment = Deployment.build_from_flow(
    flow=weather,
    name=f"{name}-{stem}",
    storage=Azure.load("flow-storage"),
    infrastructure=DockerContainer.load("etl"),
    infra_overrides=dict(image=f"acme/{name}:{suffix[1:]}"),
    path=relative,
    tags=[*folder.parts[-2:], str(folder / "x.txt")[-14:], folder.resolve().as_uri()[-12:]],
    work_queue_name=os.path.split(os.getcwd())[1],
)
here = Deployment.build_from_flow(flow=weather, name="here", path=str(folder), work_queue_name="q")
relative_path = Deployment.build_from_flow(flow=weather, name="dot", path=".", work_queue_name="q")

if __name__ == "__main__":
    deployment.apply()
    here.apply()
    relative_path.apply()
