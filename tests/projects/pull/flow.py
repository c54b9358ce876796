from prefect import flow


@flow(name="pull")
def main(day: str = "today"):
    """Is pulled from git."""
