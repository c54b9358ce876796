from prefect import flow
from prefect.blocks.system import Secret
from prefect.deployments.runner import RunnerDeployment
from prefect.runner.storage import GitRepository

repository = GitRepository(
    url="https://github.com/acme/flows.git",
    branch="release",
    credentials={"access_token": Secret.load("git-token")},
    include_submodules=True,
)


@flow
def sync(full: bool = False):
    ...


deployment = RunnerDeployment.from_flow(sync, name="sync-main", work_pool_name="local", cron="@daily")
deployment.storage = repository
deployment.entrypoint = "flows/sync.py:sync"
deployment.apply()
