from prefect import flow


@flow
def train(epochs: int = 10, rate: float = 1e-3):
    """Train the model."""
