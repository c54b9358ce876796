from prefect import Flow, task
from prefect.run_configs import KubernetesRun
from prefect.storage import Azure

env = {"ACCOUNT": "lake", "CONTAINER": "raw"}


@task
def move():
    print("moved")


with Flow("move-files") as flow:
    move()

flow.storage = Azure(container="flows")
flow.run_config = KubernetesRun(image="lake.azurecr.io/move:3", env=env, image_pull_secrets=["acr"], cpu_limit=2)

if __name__ == "__main__":
    flow.register(project_name="lake", labels=["aks"])
