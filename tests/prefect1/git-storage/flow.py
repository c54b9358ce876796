from prefect import Flow, task
from prefect.storage import Git
from prefect.executors import DaskExecutor


@task
def work():
    return 1


with Flow("from-git") as flow:
    work()

flow.storage = Git(
    repo="data/flows",
    repo_host="git.example.com",
    flow_path="flow.py",
    branch_name="release",
    git_token_secret_name="GIT_TOKEN",
)
flow.executor = DaskExecutor(address="tcp://dask:8786")
