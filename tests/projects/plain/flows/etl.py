from prefect import flow, task


@task
def extract(source):
    return source


@flow(name="plain", version="7", description="Said in the decorator")
def etl(source: str = "raw", limit: int = 10):
    """Said in the docstring."""
    extract(source)


@flow(name="plain-silent")
def silent():
    pass
