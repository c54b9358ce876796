from prefect import flow


@flow(name="nightly from block")
def nightly(n: int = 1):
    """Comes from a block."""
