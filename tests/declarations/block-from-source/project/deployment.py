from pathlib import Path

from prefect import flow
from prefect.filesystems import LocalFileSystem

LocalFileSystem(basepath=str(Path(__file__).parent)).save("source-folder", overwrite=True)

if __name__ == "__main__":
    flow.from_source(
        source=LocalFileSystem.load("source-folder"),
        entrypoint="jobs/nightly.py:nightly",
    ).deploy(name="from-block", work_pool_name="local", tags=["block"])
