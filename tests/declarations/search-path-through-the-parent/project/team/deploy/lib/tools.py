from prefect import flow


@flow
def tool(size: int = 1):
    """Is tool."""
