from prefect import flow


@flow(name="dates")
def main(**more):
    """Starts at an anchor."""
