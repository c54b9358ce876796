from prefect import flow


@flow(name="dates")
def main():
    """Starts at an anchor."""
