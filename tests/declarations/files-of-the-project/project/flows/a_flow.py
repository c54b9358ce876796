from prefect import flow


@flow
def a(n: int = 1): ...
