from prefect import flow


@flow(name="pull-empty")
def main():
    """Is pulled or not."""
