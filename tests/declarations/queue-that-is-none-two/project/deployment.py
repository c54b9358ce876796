from prefect import flow
from prefect.deployments import Deployment


@flow
def nightly(n: int = 0):
    """Nightly."""


for name, queue in [("of-a-queue", "heavy"), ("of-none", None)]:
    Deployment.build_from_flow(
        nightly, name=name, work_queue_name=queue, skip_upload=True, load_existing=False
    ).apply()
Deployment.build_from_flow(nightly, name="of-the-usual", skip_upload=True).apply()
