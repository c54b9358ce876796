import os

from prefect import Flow, task
from prefect.run_configs import ECSRun
from prefect.storage import S3

ENV = "prod"
RUN_CONFIG = ECSRun(
    image=f"123456789.dkr.ecr.eu-west-1.amazonaws.com/flows-{ENV}:1",
    cpu="1 vcpu",
    memory="2 GB",
    task_role_arn="arn:aws:iam::123456789:role/task",
    run_task_kwargs={"cluster": "data"},
    env={"STAGE": ENV, "TOKEN": os.environ.get("TOKEN", "")},
    labels=[ENV],
)


@task
def run_model():
    return 42


with Flow("model", storage=S3(bucket="flows"), run_config=RUN_CONFIG) as flow:
    run_model()

flow.register(project_name="models")
