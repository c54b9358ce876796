from prefect import flow


@flow
def score(model: str = "v1", threshold: float = 0.5):
    """Score customers."""
