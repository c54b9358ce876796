from prefect import flow


@flow(name="blocks")
def main():
    """Uses a secret."""
