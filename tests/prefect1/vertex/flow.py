from prefect import Flow, task
from prefect.run_configs import VertexRun
from prefect.storage import GCS


@task
def train(epochs=3):
    return epochs


with Flow(
    name="train",
    storage=GCS(bucket="flows", project="ml"),
    run_config=VertexRun(image="gcr.io/ml/train:2", machine_type="n1-standard-4", service_account="ml@example.com"),
) as train_flow:
    train(epochs=5)
