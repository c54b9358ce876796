from prefect import flow


@flow
def with_blocks(n: int = 1): ...
