from prefect import flow


@flow
def second(size: int = 1):
    """Is second."""
