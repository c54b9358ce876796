from prefect import flow


@flow(name="steps")
def main():
    """Is built."""
