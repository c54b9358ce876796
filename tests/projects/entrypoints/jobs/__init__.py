from prefect import flow


@flow(name="entrypoints-all")
def run_all():
    """All of them."""
