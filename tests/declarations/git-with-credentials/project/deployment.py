from prefect import flow
from prefect.blocks.system import Secret
from prefect.runner.storage import GitRepository

if __name__ == "__main__":
    flow.from_source(
        source=GitRepository(
            url="https://github.com/acme/private.git",
            credentials={"access_token": Secret.load("git-token")},
        ),
        entrypoint="flow.py:private",
    ).deploy(name="private", work_pool_name="local", interval=900)
