from prefect import flow


@flow
def first(size: int = 1):
    """Is first."""
