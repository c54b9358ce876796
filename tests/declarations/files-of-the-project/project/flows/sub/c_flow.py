from prefect import flow


@flow
def c(n: int = 3): ...
