from prefect import flow


@flow(version="1.0", description="Cleans up")
def clean(days: int): ...
