from prefect import flow


@flow(name="modules")
def main():
    """Is named in many ways."""
