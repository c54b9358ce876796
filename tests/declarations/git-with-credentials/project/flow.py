from prefect import flow


@flow
def private(n: int = 1): ...
