from prefect import flow


@flow(name="pull-mapping")
def main():
    """Is pulled from git."""
