from prefect import flow


@flow(name="pools", log_prints=True, retries=2)
def main():
    """Runs in a pool."""
