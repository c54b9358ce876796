import yaml
from prefect import flow
from prefect.deployments import Deployment
from prefect.infrastructure import KubernetesJob
from prefect.infrastructure.kubernetes import KubernetesClusterConfig, KubernetesManifest


@flow
def heavy(gb: int = 1): ...


job = KubernetesJob(
    image="acme/heavy:1",
    job=KubernetesJob.job_from_file("job.yaml"),
    customizations='[{"op": "add", "path": "/spec/backoffLimit", "value": 0}]',
)
with open("job.yaml") as file:
    manifest: KubernetesManifest = yaml.safe_load(file)
manifest["spec"]["template"]["spec"]["containers"][0]["resources"]["limits"]["memory"] = "8Gi"

for name, infrastructure in {
    "from-file": job,
    "changed": KubernetesJob(image="acme/heavy:2", job=manifest, customizations=[]),
    "defaults": KubernetesJob(image="acme/heavy:3"),
}.items():
    Deployment.build_from_flow(heavy, name, infrastructure=infrastructure, work_queue_name="kubernetes").apply()
