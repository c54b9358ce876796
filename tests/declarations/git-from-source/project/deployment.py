from prefect import flow
from prefect.runner.storage import GitRepository

SOURCE = "https://github.com/acme/flows.git"

if __name__ == "__main__":
    flow.from_source(source=SOURCE, entrypoint="flows/sync.py:sync").deploy(
        name="from-url",
        work_pool_name="local",
        cron="0 * * * *",
    )
    flow.from_source(
        source=GitRepository(url=SOURCE, branch="release"),
        entrypoint="flows/clean.py:clean",
    ).deploy(
        name="from-branch",
        work_pool_name="docker-pool",
        image="acme/clean:1",
        build=False,
        push=False,
        parameters={"days": 30},
        tags=["release"],
        job_variables={"env": {"A": "1"}},
    )
