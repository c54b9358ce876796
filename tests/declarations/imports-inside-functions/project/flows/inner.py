import prefect
from prefect import task


@task
def helper(): ...


@prefect.flow(name="inner flow", retries=3, timeout_seconds=60, persist_result=False)
def inner(a: "int" = 3, *, b: "list[str] | None" = None):
    helper()
