from prefect import flow


@flow
def alpha():
    """Alpha."""
