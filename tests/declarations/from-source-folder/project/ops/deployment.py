from pathlib import Path

from prefect import flow

ROOT = Path(__file__).parent.parent

if __name__ == "__main__":
    flow.from_source(
        source=str(ROOT),
        entrypoint="jobs/nightly.py:nightly",
    ).deploy(
        name="nightly",
        work_pool_name="local",
        cron="0 1 * * *",
        parameters={"dry": True},
    )
