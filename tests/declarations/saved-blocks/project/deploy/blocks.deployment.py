from prefect.deployments import Deployment
from prefect.filesystems import LocalFileSystem
from prefect.infrastructure import DockerContainer, KubernetesJob

from flow import with_blocks

storage = LocalFileSystem(basepath="/mnt/saved")
storage.save("saved-storage", overwrite=True)

infrastructure = DockerContainer(image="acme/saved:1")
infrastructure.save(name="saved-container", overwrite=True)

Deployment.build_from_flow(
    flow=with_blocks, name="saved", storage=storage, infrastructure=infrastructure, path="saved"
).apply()

job = KubernetesJob.load("base")
job.image = "acme.azurecr.io/changed:2"
changed = job.copy(update={"namespace": "other"})
Deployment.build_from_flow(flow=with_blocks, name="changed", storage=storage, infrastructure=job, path="x").apply()
Deployment.build_from_flow(flow=with_blocks, name="copied", storage=storage, infrastructure=changed, path="x").apply()
